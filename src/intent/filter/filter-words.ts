import {
  PRIORITIES as ALL_PRIORITIES,
  type Priority,
  TASK_TYPES,
  type TaskType,
} from '../../../schemas/vocabulary.ts'
import { STOP_WORDS } from '../../search/stop-words.ts'
import { insensitive } from '../insensitive.ts'
import type { IntentContext } from '../parsed-request.ts'
import { endOf, type Filtering, JOINING, LABEL, type Word } from './filtering.ts'

export const STATUSES: readonly Word<string>[] = [
  ['in[ _-]progress|started|doing|ongoing|active|wip', 'in_progress'],
  ['not started|pending|todo|to do', 'pending'],
  ['open|unfinished|not done|unresolved', 'open'],
  ['blocked', 'blocked'],
  ['waiting', 'waiting'],
  ['ready(?: to start)?|actionable|unblocked', 'ready'],
  ['done|completed|finished|closed|resolved', 'completed'],
  ['failed', 'failed'],
  ['cancelled|canceled|dropped|abandoned', 'cancelled'],
]
const TYPES: readonly Word<TaskType>[] = [
  ['bugs?|defects?', 'bug'],
  ['features?', 'feature'],
  ['enhancements?|improvements?', 'enhancement'],
  ['docs|documentation', 'docs'],
  ['tests?', 'test'],
  ['refactors?|refactorings?', 'refactor'],
  ['performance', 'performance'],
  ['security', 'security'],
  ['chores?', 'chore'],
  ['questions?', 'question'],
  ['epics?', 'epic'],
]
const PRIORITIES: readonly Word<Priority>[] = [
  ['critical|urgent|p0', 'critical'],
  ['high|important|p1', 'high'],
  ['medium|normal|p2', 'medium'],
  ['low|unimportant|p3', 'low'],
]

const TASKS = 'tasks?|issues?|items?|tickets?'
/** What tasks are called. */
export const NOUN = [TASKS, 'ones', ...TYPES.map(([pattern]) => pattern)].join('|')

const OPEN: readonly string[] = ['pending', 'in_progress', 'blocked', 'failed']
/** What a status leaves over when it is denied; that of an open task leaves the other open ones. */
const NOT_OF_STATUS: Readonly<Record<string, readonly string[]>> = {
  completed: ['open'],
  cancelled: ['open', 'completed'],
  ...Object.fromEntries(OPEN.map((status) => [status, OPEN.filter((other) => other !== status)])),
}
const FIELDS = [
  {
    flag: 'status',
    words: STATUSES as readonly Word<string>[],
    after: '',
    others: (denied: readonly string[]) => {
      const left = denied.map((status) => NOT_OF_STATUS[status] ?? [])
      return (left[0] ?? []).filter((status) => left.every((some) => some.includes(status)))
    },
  },
  {
    flag: 'type',
    words: TYPES as readonly Word<string>[],
    after: '',
    others: (denied: readonly string[]) => TASK_TYPES.filter((type) => !denied.includes(type)),
  },
  {
    flag: 'priority',
    words: PRIORITIES as readonly Word<string>[],
    after: '(?:[ -]prio(?:rity)?)?',
    others: (denied: readonly string[]) => ALL_PRIORITIES.filter((priority) => !denied.includes(priority)),
  },
] as const
const NOT =
  "(?:(?:and|but|that|which|who|are|is) ){0,3}(?:not|\\p{L}{2,6}n['’]t|except(?: for)?|excluding|other than|apart from|anything but)"
const JOINED = '(?:\\s?,\\s?(?:or |and |nor )?| or | and | nor )'

function deny(filtering: Filtering, { flag, words, after, others }: (typeof FIELDS)[number]): void {
  const any = `(?:${words.map(([pattern]) => pattern).join('|')})${after}`
  for (const match of filtering.places(
    `${NOT}(?: (?:yet|a|an|any|the|been|of type))? (${any}(?:${JOINED}${any})*)`,
  )) {
    // “not assigned to me” and “not done by Ann” deny more than a status.
    if (
      /^\s(?:by|to|since|in the|last|this|before|after)\s/i.test(filtering.reading.text.slice(endOf(match)))
    )
      continue
    const denied = match[1]!.split(new RegExp(JOINED, 'i')).map((word) => {
      const is = ([pattern]: Word<string>) => new RegExp(`^(?:${pattern})${after}$`, 'i').test(word)
      return words.find(is)![1]
    })
    const left = others(denied)
    const isSaidTwice = filtering.flags[flag] !== undefined
    if (left.length > 0 && !isSaidTwice) filtering.says(flag, [...left] as never, match.index!, endOf(match))
  }
}

/** “Not ui or auth”, of labels that there are. */
function denyLabels(filtering: Filtering, context: IntentContext): void {
  const { reading } = filtering
  const places = filtering.places(`(?:${NOT}|without|with no|no) (?:the )?(${LABEL})`)
  if (places.length === 0) return
  const known = new Set(context.labels.map(({ label }) => label.toLowerCase()))
  const labelOf = (said: string) => said.replace(/[./-]+$/, '')
  const isLabel = (said: string) => known.has(labelOf(said).toLowerCase())
  const further = insensitive(`^${JOINED}(${LABEL})`)
  for (const match of places) {
    if (!isLabel(match[1]!)) continue
    const labels = [labelOf(match[1]!)]
    let end = endOf(match) - match[1]!.length + labels[0]!.length
    for (let next = further().exec(reading.text.slice(end)); next && isLabel(next[1]!); ) {
      labels.push(labelOf(next[1]!))
      end += next[0].length
      next = further().exec(reading.text.slice(end))
    }
    // “Not ui related” says something else.
    const rest = /^\s+([\p{L}\p{N}]+)/u.exec(reading.text.slice(end))
    if (rest && !isOfTask(rest[1]!)) continue
    filtering.says('no-label', [...(filtering.flags['no-label'] ?? []), ...labels], match.index!, end)
  }
}

/** Words with a “not” before them: the other values of the flag, or else they are asked about rather than turned round. */
export function readDenied(filtering: Filtering, context: IntentContext): void {
  for (const match of filtering.places(`${NOT} (?:yet )?(?:started|begun)(?: yet)?`)) {
    filtering.says('status', ['pending'], match.index!, endOf(match))
  }
  for (const match of filtering.places(
    `${NOT} (?:yet )?assigned(?: yet)?(?: to (?:anyone|anybody|someone|somebody))?`,
  )) {
    if (/^\s+to\s/i.test(filtering.reading.text.slice(endOf(match)))) continue
    filtering.says('assignee', 'none', match.index!, endOf(match))
  }
  for (const field of FIELDS) deny(filtering, field)
  denyLabels(filtering, context)
  const left = filtering.places(NOT)[0]
  if (!left) return
  const { reading } = filtering
  const words = reading.original.slice(left.index).trim()
  filtering.doubtsOf(`No filter says “${words}”.`, left.index!, reading.text.length)
}

/** Those of the words that things are called by as well as tasks are: “failed login”, “test runner”. */
const DESCRIBING =
  /^(?:critical|high|medium|normal|low|pending|open|active|ongoing|blocked|waiting|failed|closed|completed|finished|resolved|dropped|abandoned|cancelled|canceled|bug|defect|feature|enhancement|improvement|docs|documentation|test|refactor|performance|security|chore|question|epic)$/i
/** What is called so whatever else is said beside it. */
const TERMS =
  '(?:critical (?:sections?|paths?|css|region|mass)|high (?:contrast|availability|dpi|resolution|memory|cpu|load|latency|cardinality)|low (?:contrast|memory|latency|battery|power|disk|bandwidth)|open (?:source|api|graph|telemetry|files?|file handles?|ports?)|active (?:directory|record)|closed captions?|failed (?:logins?|attempts?|requests?)|blocked users?|waiting (?:room|list)|normal (?:maps?|forms?|distribution)|security headers?|feature flags?|test runners?)'
const DESCRIBES =
  /\b(?:critical|high|low|open|active|closed|failed|blocked|waiting|normal|security|feature|test)\b/i
const isOfTask = (word: string) =>
  JOINING.test(word) || STOP_WORDS.has(word.toLowerCase()) || /^(?:since|today|now|ones?)$/i.test(word)

/** Keeps what stands for a thing in the words that describe tasks as well: “critical section”. */
export function keepTerms(filtering: Filtering): void {
  const { reading } = filtering
  for (const match of DESCRIBES.test(reading.text) ? filtering.places(TERMS) : [])
    reading.keep(match.index!, endOf(match))
  if (Object.keys(filtering.flags).length > 0 || filtering.places(TASKS).length > 0) return
  const said = FIELDS.flatMap(({ words, after }) =>
    filtering.places(`(?:${words.map(([pattern]) => pattern).join('|')})${after}`),
  )
  const describes = (match: RegExpMatchArray) => {
    const next = /^(\s+)([\p{L}\p{N}][\p{L}\p{N}'’_-]*)/u.exec(reading.text.slice(endOf(match)))
    if (!next || !DESCRIBING.test(match[0]) || isOfTask(next[2]!)) return false
    const at = endOf(match) + next[1]!.length
    return said.every(({ index }) => index !== at)
  }
  if (said.every(describes)) for (const match of said) reading.keep(match.index!, endOf(match))
}

/**
 * Statuses, types and priorities. What was denied is known already: the same field said beside it is asked about, but for “open”,
 * which the rest of a denied status is part of.
 */
export function readWords(filtering: Filtering): void {
  for (const { flag, words, after } of [FIELDS[2], FIELDS[0], FIELDS[1]]) {
    const denied = filtering.flags[flag]
    for (const [pattern, value] of words) {
      for (const match of filtering.places(`(?:${pattern})${after}`)) {
        if (denied && value !== 'open' && denied.join() !== value) {
          filtering.doubtsOf(
            `“${match[0]}” contradicts the other words about the ${flag}.`,
            match.index!,
            endOf(match),
          )
          continue
        }
        const said = (filtering.flags[flag] ?? []) as string[]
        filtering.says(flag, (denied ?? [...new Set([...said, value])]) as never, match.index!, endOf(match))
      }
    }
  }
}

/** “All tasks” and “including completed”: also those that have ended. */
export function readAll(filtering: Filtering): void {
  const ended = '(?:completed|closed|done|finished|cancelled|canceled|ended|resolved)'
  for (const match of filtering.places(
    `(?:all |every |any )?(?:tasks? )?(?:,\\s?)?(?:also |even )?(?:including|incl\\.?) (?:the )?${ended}(?:(?:,| and| or)+ ${ended})*(?: ones| tasks)?|(?:open (?:and|or) (?:closed|completed|done)|(?:closed|completed|done) (?:and|or) open)`,
  )) {
    filtering.says('status', ['all'], match.index!, endOf(match))
  }
}

/** “All tasks”, where nothing says which. */
export function readAllTasks(filtering: Filtering): void {
  const { status, overdue, deadline } = filtering.flags
  if (status || overdue || deadline) return
  for (const match of filtering.places('all (?:of )?(?:the |my |our )?tasks')) {
    filtering.says('status', ['all'], match.index!, match.index! + 3)
  }
}
