import { dirname, join } from 'node:path'
import { gatePush } from '../src/gating/push-gates.ts'
import { untilInterrupted } from '../src/process/interruption.ts'
import { gateEnvironment } from '../src/terminal/environment.ts'
import { gateProgress } from '../src/terminal/gate-progress.ts'
import { ownProgram } from '../src/terminal/own-program.ts'
import { reportGates } from '../src/terminal/report-gates.ts'
import type { HookCall } from '../src/terminal/run-hook.ts'

/** Gates what is pushed. Errors: GATE_FAILED, GATE_NOT_STARTED; those of gateCommit. */
export default async function prePush({ repository, args, input }: HookCall): Promise<boolean> {
  const [remote = '', url = ''] = args
  const environment = await gateEnvironment(repository)
  const { node, entry } = ownProgram()
  const program = [node, join(dirname(dirname(entry)), 'package.json')]
  const text = await input()
  const progress = gateProgress()
  const reports = await untilInterrupted((signal) =>
    gatePush(repository, text, {
      remote,
      url,
      environment,
      signal,
      onProgress: progress.onProgress,
      program,
    }).finally(progress.end),
  )
  await reportGates(reports)
  return true
}
