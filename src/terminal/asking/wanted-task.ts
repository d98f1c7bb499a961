import { MhvError, shellWord } from '../../errors.ts'
import { FIELDS, type Field, type ParsedRequest } from '../../intent/parsed-request.ts'
import { isOverdue } from '../../query/filter.ts'
import { dateOrInstant } from '../input/date-or-instant.ts'
import { NONE } from '../input/none.ts'
import { localDate, now } from '../output/clock.ts'
import type { CreateFlags } from '../task/create-flags.ts'

/** What a task is to be created with, in the words that the flags of `task create` take. */
export interface WantedTask {
  readonly title: string
  readonly description: string | null
  readonly repository: string | null
  readonly type: string | null
  readonly priority: string | null
  readonly deadline: string | null
  readonly assignee: string | null
  readonly labels: readonly string[] | null
  readonly dependsOn: readonly string[] | null
  readonly estimate: string | null
  readonly criteria: readonly string[] | null
}

const NOTHING_WANTED = Object.fromEntries(FIELDS.map((field) => [field, null])) as unknown as WantedTask

/** Names of fields in JSON, in events and in what people read. */
export const SAID_AS: { readonly [F in Field]: string } = {
  title: 'title',
  description: 'description',
  repository: 'repository',
  type: 'type',
  priority: 'priority',
  deadline: 'deadline',
  assignee: 'assignee',
  labels: 'labels',
  dependsOn: 'depends_on',
  estimate: 'estimate',
  criteria: 'criteria',
}

/** What the words were taken for. */
export function wantedByWords(parsed: ParsedRequest): WantedTask {
  const entries = FIELDS.map((field) => [field, parsed[field]?.value ?? null])
  return Object.fromEntries(entries) as unknown as WantedTask
}

/** What flags say; of fields that have none, nothing. Several repositories are one task in each. */
export function wantedByFlags(flags: CreateFlags): Partial<WantedTask> {
  const said: { [F in Field]?: string | readonly string[] | undefined } = {
    description: flags.description,
    repository: flags.repo?.join(','),
    type: flags.type,
    priority: flags.priority,
    deadline: flags.deadline,
    assignee: flags.assignee,
    labels: flags.label,
    dependsOn: flags['depends-on'],
    estimate: flags.estimate,
    criteria: flags.criterion,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** The words as the title, and else what flags say. */
export const wantedLiterally = (words: string, flags: CreateFlags): WantedTask => ({
  ...NOTHING_WANTED,
  ...wantedByFlags(flags),
  title: words,
})

const FLAG_OF: { readonly [F in Field]?: string } = {
  repository: 'repo',
  description: 'description',
  type: 'type',
  priority: 'priority',
  deadline: 'deadline',
  assignee: 'assignee',
  labels: 'label',
  dependsOn: 'depends-on',
  criteria: 'criterion',
  estimate: 'estimate',
}

/** A flag with its value as a shell takes them; what begins with a dash would be taken for a flag of its own. */
const flagWords = (flag: string, value: string) =>
  value.startsWith('-') && value !== '-'
    ? shellWord(`--${flag}=${value}`)
    : `--${flag} ${value === '' ? "''" : shellWord(value)}`

/** Whether a date that was understood is over: as a flag it is refused then, unless that is said to be meant. */
function hasPassed(deadline: string | null): boolean {
  if (deadline === null || deadline === NONE) return false
  const at = now()
  try {
    return isOverdue(dateOrInstant('deadline', deadline, at), { now: Date.parse(at), date: localDate(at) })
  } catch {
    // What is no date is refused where it is read.
    return false
  }
}

/** The command that creates just this, whatever the words would be taken for. */
export function creationCommand(wanted: WantedTask, flags: CreateFlags): string {
  const fields = Object.entries(FLAG_OF).flatMap(([field, flag]) => {
    const value = wanted[field as Field]
    if (value === null) return []
    return (typeof value === 'string' ? [value] : value).map((each) => flagWords(flag, each))
  })
  const more = [
    ...(flags.parent === undefined ? [] : [flagWords('parent', flags.parent)]),
    ...(flags.editor ? ['--editor'] : []),
    ...(flags.repos === undefined ? [] : [flagWords('repos', flags.repos)]),
    ...(flags['allow-past'] || hasPassed(wanted.deadline) ? ['--allow-past'] : []),
    ...(flags.json ? ['--json'] : []),
  ]
  const title = wanted.title.startsWith('-') ? `-- ${shellWord(wanted.title)}` : shellWord(wanted.title)
  return ['mhv task create --no-parse', ...fields, ...more, title].join(' ')
}

/** Errors: DEADLINE_PAST where that is not said to be meant, with the command that creates the task all the same. */
export function requireAhead(wanted: WantedTask, flags: CreateFlags): void {
  const { deadline } = wanted
  if (flags['allow-past'] || deadline === null || !hasPassed(deadline)) return
  const message = `The deadline ${dateOrInstant('deadline', deadline, now())} has passed. Give a later one, or --allow-past.`
  throw new MhvError('DEADLINE_PAST', message, {
    recovery: [creationCommand(wanted, flags)],
    data: { field: 'deadline', value: deadline },
  })
}
