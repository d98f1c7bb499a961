import type { SyncResult } from '../../sync/sync-result.ts'
import { summary } from '../report-sync.ts'
import type { LiveGate } from './state.ts'

/** A task as documents name it. */
interface NamedTask {
  readonly ref: string
  readonly number: number
  readonly title: string
  readonly status: string
  readonly deleted?: boolean
}

/** What documents of commands that change tasks tell besides the tasks. */
interface Document {
  /** Of what is about a worktree, the number alone. */
  readonly task?: NamedTask | number | null
  readonly tasks?: readonly NamedTask[]
  readonly changed?: boolean
  /** What an undo has set back. */
  readonly taken_back?: readonly { readonly field: string }[]
  readonly worktree?: string | null
  readonly worktrees?: {
    readonly kept?: readonly { readonly path: string; readonly reasons: readonly string[] }[]
    readonly removed?: readonly { readonly path?: string }[]
  }
  readonly left_behind?: readonly { readonly branch: string; readonly worktree?: unknown }[]
  readonly parse?: Readonly<Record<string, unknown>> | null
  readonly unblocks?: readonly string[]
  /** What a sync did with each remote, of one repository or of several. */
  readonly remotes?: readonly SyncedRemote[]
  readonly repositories?: readonly {
    readonly repository: string
    readonly remotes?: readonly SyncedRemote[]
  }[]
}

type SyncedRemote =
  | SyncResult
  | { readonly remote: string; readonly error: { readonly error: { readonly message: string } } }

const syncNotes = (remotes: readonly SyncedRemote[] = [], name = '') =>
  remotes.map(
    (each) => `${name}${each.remote}: ${'error' in each ? each.error.error.message : summary(each)}`,
  )

type Answered = Record<string, unknown> | null

/** A task, and what it is now where the rest of the line does not tell. */
function becameOf(
  did: string,
  { title, status, deleted }: NamedTask,
  name: string,
  takenBack: readonly string[],
): string {
  if (did === 'Undone') {
    const what = takenBack.length > 0 ? `, its ${takenBack.join(', ')} as before` : ''
    return `Undone: ${name} ${title} ${deleted ? 'is gone' : `(${status})${what}`}`
  }
  return `${did} ${name} ${title}${deleted ? '' : ` (${status})`}`
}

/**
 * What commands that went well have done, in one line.
 * @param isSeveral whether tasks are named with their repository
 */
export function saidOf(did: string, documents: readonly Answered[], isSeveral: boolean): string {
  const all = documents.map((document) => (document ?? {}) as Document)
  const tasks = all.flatMap(
    ({ task, tasks: several }) => several ?? (typeof task === 'object' ? (task ?? []) : []),
  )
  const [first] = tasks
  if (!first) return `${did}.`
  const name = isSeveral ? first.ref : `#${first.number}`
  if (all.every(({ changed }) => changed === false)) return `Nothing to change: ${name} ${first.title}`
  const takenBack = new Set(all.flatMap(({ taken_back = [] }) => taken_back.map(({ field }) => field)))
  if (tasks.length === 1) return becameOf(did, first, name, [...takenBack])
  return `${did} ${tasks.length} tasks: ${name} ${first.title}, and ${tasks.length - 1} more`
}

/** The parts of a task that words may tell. */
const UNDERSTOOD = [
  'type',
  'priority',
  'deadline',
  'assignee',
  'labels',
  'depends_on',
  'estimate',
  'criteria',
] as const

function understoodIn(parse: NonNullable<Document['parse']>): string[] {
  const parts = UNDERSTOOD.flatMap((field) => {
    const values = [parse[field] ?? []].flat()
    const texts = values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    return texts.length > 0 ? [`${field.replace('_', ' ')} ${texts.join(', ')}`] : []
  })
  return parts.length > 0 ? [`Understood: ${parts.join('; ')}`] : []
}

/** How gates have ended, a line each. */
export const notesOfGates = (gates: readonly LiveGate[]): string[] =>
  gates.map(
    ({ gate, state, cached, seconds }) =>
      `Gate ${gate}: ${state}${cached ? ', cached' : state === 'skipped' ? '' : `, ${seconds} s`}`,
  )

/**
 * What a command has told besides its tasks: what it made, what it left, and what it printed beside its document.
 * @param err its standard error
 */
export function notesOf(document: Answered, err: string): string[] {
  const {
    worktree,
    worktrees,
    left_behind = [],
    parse,
    unblocks = [],
    remotes,
    repositories = [],
  } = (document ?? {}) as Document
  return [
    ...err.split('\n').filter((line) => line.trim() !== ''),
    ...(typeof worktree === 'string' ? [`Worktree: ${worktree}`] : []),
    ...(worktrees?.removed ?? []).flatMap(({ path }) => (path ? [`Worktree removed: ${path}`] : [])),
    ...(worktrees?.kept ?? []).map(
      ({ path, reasons }) => `The worktree stays, since ${reasons.join(', ')}: ${path}`,
    ),
    ...left_behind.map(({ branch, worktree: its }) =>
      its ? `Branch ${branch} and its worktree stay.` : `Branch ${branch} stays.`,
    ),
    ...syncNotes(remotes),
    ...repositories.flatMap((each) => syncNotes(each.remotes, `${each.repository}, `)),
    ...(parse ? understoodIn(parse) : []),
    ...(unblocks.length > 0 ? [`No longer waiting: ${unblocks.join(', ')}`] : []),
  ]
}
