import { type MhvError, shellWord } from '../errors.ts'
import { printable } from '../printable.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { FirstPush, SyncResult } from '../sync/sync-result.ts'
import { errorJson } from './failing/render-error.ts'
import { withoutUrlSecrets } from './failing/without-secrets.ts'
import { aside, heed } from './output/output-mode.ts'

/** What became of one remote. */
export type SyncOutcome = SyncResult | { readonly remote: string; readonly error: MhvError }

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`
const short = (tip: string | null) => (tip === null ? 'nothing' : tip.slice(0, 12))

/** Said on standard error before tasks go where none have been. */
export function announceFirstPush({ remote, url, tasks }: FirstPush): void {
  if (tasks === 0) return
  const what = tasks === 1 ? '1 task goes' : `${tasks} tasks go`
  process.stderr.write(
    `${what} to ${printable(remote)} for the first time: whoever can read ${printable(url)} can read ${tasks === 1 ? 'it' : 'them'}.\n`,
  )
}

/** What a sync did in one line. */
export function summary({ adopted, received, sent, gates, ref, renumbered }: SyncResult): string {
  const records = (n: number) => count(n, 'record of gates', 'records of gates')
  const came = [
    ...(adopted ? [`took over its log with ${count(received, 'task')}`] : []),
    ...(!adopted && received > 0 ? [`received ${count(received, 'task')}`] : []),
    ...(gates.received > 0 ? [`received ${records(gates.received)}`] : []),
    ...(sent > 0 ? [`sent ${count(sent, 'task')}`] : []),
    ...(gates.sent > 0 ? [`sent ${records(gates.sent)}`] : []),
    ...(renumbered.length > 0 ? [`renumbered ${count(renumbered.length, 'task')}`] : []),
  ]
  const where = ref === 'refs/mtos/tasks' ? '' : ` (${ref})`
  return `${came.length > 0 ? came.join(', ') : 'nothing new'}${where}`
}

/** Whether there is anything to say of a sync, for who is told of changes only. */
export const isEventful = ({
  adopted,
  received,
  sent,
  gates,
  renumbered,
  alarm,
  restored,
  problems,
}: SyncResult): boolean =>
  adopted ||
  received + sent + gates.received + gates.sent + renumbered.length + restored.length + problems.length > 0 ||
  alarm !== null

/** Prints what a sync did, and warns of what is not as it should be. @param readView reads the tasks as they are now */
export async function printSync(result: SyncResult, readView: () => Promise<Snapshot>): Promise<void> {
  const { remote, renumbered, alarm, problems, clashes, restored, collisions, main } = result
  aside(`${printable(remote)}: ${summary(result)}`)
  const view = renumbered.length + restored.length > 0 ? await readView() : null
  for (const { id, from, to } of renumbered) {
    const title = printable(view?.summary(id)?.title ?? '')
    heed(`  ${from === 0 ? 'no number' : `#${from}`} → #${to}  ${title}`)
  }
  const warn = (text: string) => process.stderr.write(`Warning: ${text}\n`)
  if (alarm?.what === 'replaced') {
    warn(`another log was on ${printable(remote)} than was seen there; the two are merged now.`)
  } else if (alarm) {
    const how = alarm.what === 'deleted' ? 'had been deleted' : 'had been moved back'
    warn(
      `the task log of ${printable(remote)} ${how} (${short(alarm.from)} was seen, ${short(alarm.to)} was there); it is whole again. mhv audit shows it.`,
    )
  }
  for (const { number, tasks } of collisions) {
    const settling =
      main === null
        ? `a main remote would settle that: git config mtos.remote ${shellWord(remote)} && mhv sync`
        : 'syncing with the main remote settles that: mhv sync'
    warn(`#${number} is the number of ${tasks.length} tasks now (${tasks.join(', ')}); ${settling}`)
  }
  for (const { task, what } of restored) {
    const known = view?.summary(task)
    const named = known ? `#${known.number} ${printable(known.title)}` : `task ${task}`
    warn(`${named}: ${what} in the log of ${printable(remote)}; put back. mhv audit says by whom.`)
  }
  for (const { message } of problems) warn(printable(message, 1000))
  for (const { task, event } of clashes) {
    warn(`event ${event} of task ${task} was there twice with different contents; mhv doctor says more.`)
  }
}

const jsonOf = (outcome: SyncOutcome) => {
  if (!('error' in outcome)) return outcome
  return { remote: withoutUrlSecrets(outcome.remote), error: JSON.parse(errorJson(outcome.error)) }
}

/** What scripts see. */
export const syncJson = (repository: string, outcomes: readonly SyncOutcome[]) => ({
  repository,
  remotes: outcomes.map(jsonOf),
})
