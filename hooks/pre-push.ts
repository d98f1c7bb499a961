import { dirname, join } from 'node:path'
import { MhvError } from '../src/errors.ts'
import { bringsWork, gatePush } from '../src/gating/push-gates.ts'
import type { Repository } from '../src/git/repository.ts'
import { forgetPasses } from '../src/hooks/pass-stamp.ts'
import { visible } from '../src/printable.ts'
import { untilInterrupted } from '../src/process/interruption.ts'
import { filesOfLog, publishesTasks, publishTasks } from '../src/sync/publish.ts'
import type { Environment } from '../src/tasks/seal.ts'
import { gateEnvironment } from '../src/terminal/environment.ts'
import { gateProgress } from '../src/terminal/gating/gate-progress.ts'
import { reportGates } from '../src/terminal/gating/report-gates.ts'
import type { HookCall } from '../src/terminal/gating/run-hook.ts'
import { note } from '../src/terminal/output/output-mode.ts'
import { ownProgram } from '../src/terminal/own-program.ts'
import { announceFirstPush } from '../src/terminal/report-sync.ts'

/** Sends the tasks along; what keeps them from it never keeps the code. */
async function publish(repository: Repository, remote: string, environment: Environment): Promise<void> {
  try {
    const result = await publishTasks(repository, remote, environment, announceFirstPush)
    if (!result) return
    const { sent, renumbered } = result
    if (sent > 0) note(`mhv: sent ${sent === 1 ? '1 task' : `${sent} tasks`} along\n`)
    for (const { from, to } of renumbered) process.stderr.write(`mhv: #${from} is #${to} now\n`)
  } catch (error) {
    // The next push of the same commit is to try again, and not to be let through unseen.
    forgetPasses(repository)
    if (!(error instanceof MhvError)) throw error
    const steps = error.recovery.map((step) => `      ${step}\n`).join('')
    const ways = `${error.message}\n${steps && `    Try:\n${steps}`}`
    process.stderr.write(visible(`mhv: the tasks were not sent along: ${ways}`))
  }
}

/** Gates what is pushed, and publishes tasks with it. Errors: GATE_FAILED, GATE_NOT_STARTED; those of gateCommit. */
export default async function prePush({ repository, args, input }: HookCall): Promise<boolean> {
  const [remote = '', url = ''] = args
  const environment = await gateEnvironment(repository)
  const { node, entry } = ownProgram()
  const program = [node, join(dirname(dirname(entry)), 'package.json')]
  const text = await input()
  // A git of ours pushes nothing that tasks would go along with. Of a configuration that is broken, gates speak.
  const isOurs = process.env.MHV_WITHIN !== undefined
  // Where the code is there already, git asks about nothing.
  const isOfWork = text === '' || bringsWork(text)
  const publishes = !isOurs && isOfWork && (await publishesTasks(repository).catch(() => false))
  const progress = gateProgress()
  const reports = await untilInterrupted((signal) =>
    gatePush(repository, text, {
      remote,
      url,
      environment,
      signal,
      onProgress: progress.onProgress,
      program,
      besides: publishes ? filesOfLog(repository) : [],
    }).finally(progress.end),
  )
  await reportGates(reports)
  if (publishes) await publish(repository, remote, environment)
  return true
}
