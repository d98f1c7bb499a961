import { join } from 'node:path'
import { REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from '../src/config/has-config.ts'
import { loadConfig } from '../src/config/load-config.ts'
import { gateCommit } from '../src/gating/gate-commit.ts'
import { changedSinceStaged, treeAt } from '../src/git/checkout.ts'
import { IDLE_STAMP, writeStamp } from '../src/hooks/pass-stamp.ts'
import { untilInterrupted } from '../src/process/interruption.ts'
import { hookEnvironment } from '../src/terminal/environment.ts'
import { gateProgress } from '../src/terminal/gating/gate-progress.ts'
import { reportGates } from '../src/terminal/gating/report-gates.ts'
import { forgetCommit, type HookCall } from '../src/terminal/gating/run-hook.ts'

/** Gates what is about to be committed, as it is on disk. Errors: GATE_FAILED, GATE_NOT_STARTED; those of gateCommit. */
export default async function preCommit({ repository }: HookCall): Promise<boolean> {
  const place = repository.workTree
  if (place === null) return true
  const began = Date.now()
  const { config } = await loadConfig(place)
  if (!config.gates.some(({ when }) => when.includes('pre-commit'))) {
    const own = userConfigDirectory()
    const paths = [
      place,
      own,
      ...REPOSITORY_PLACES.map((name) => join(place, name)),
      ...USER_PLACES.map((name) => join(own, name)),
    ]
    writeStamp(join(repository.gitDir, IDLE_STAMP), { paths, variables: [], against: null }, began)
    return true
  }
  const head = await treeAt(repository.git, 'HEAD')
  if (!head) {
    process.stderr.write('mhv: gates are run from the second commit on; this one is the first\n')
    return true
  }
  const differing = await changedSinceStaged(repository.git)
  if (differing.length > 0) {
    process.stderr.write(
      `mhv: gates see files as they are on disk, which is not as they are staged: ${differing.join(', ')}\n`,
    )
  }
  const environment = await hookEnvironment(repository)
  forgetCommit()
  const progress = gateProgress()
  const subject = { ...head, branch: null, base: null }
  const report = await untilInterrupted((signal) =>
    gateCommit(repository, subject, {
      moment: 'pre-commit',
      useCache: false,
      place,
      signal,
      onProgress: progress.onProgress,
      environment,
    }).finally(progress.end),
  )
  await reportGates([report])
  return true
}
