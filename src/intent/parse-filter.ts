import type { Priority, TaskType } from '../../schemas/vocabulary.ts'
import { addDays } from './calendar.ts'
import { insensitive } from './insensitive.ts'
import { keepQuoted } from './keep-quoted.ts'
import type { Doubt, IntentContext, Span } from './parsed-request.ts'
import { personBy } from './read-assignee.ts'
import { readPeriod } from './read-period.ts'
import { readRepository } from './read-repository.ts'
import { KEPT, Reading, TAKEN } from './reading.ts'

/** What `task list` takes, by the names of its flags. */
export interface FilterFlags {
  status?: string[]
  type?: TaskType[]
  priority?: Priority[]
  label?: string[]
  'no-label'?: string[]
  assignee?: string
  'created-by'?: string
  overdue?: true
  deadline?: string
  'created-after'?: string
  'created-before'?: string
  'updated-after'?: string
  'updated-before'?: string
  'completed-after'?: string
  'completed-before'?: string
  repo?: string[]
  text?: string
}

export interface ParsedFilter {
  readonly flags: FilterFlags
  /** The words that each flag comes from. */
  readonly evidence: Readonly<Partial<Record<keyof FilterFlags, readonly Span[]>>>
  /** What is not clear, in words for the user, with what could be meant. */
  readonly doubts: readonly { readonly message: string; readonly candidates: readonly string[] }[]
}

type Word<T> = readonly [pattern: string, value: T]
const STATUSES: readonly Word<string>[] = [
  ['in[ -]progress|started|doing|ongoing|active|wip', 'in_progress'],
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
const NAME = "(?:@?[\\p{L}\\p{N}][\\p{L}\\p{N}.@_'’-]{0,60})"
const LABEL = '[\\p{L}\\p{N}][\\p{L}\\p{N}_./-]{0,39}'
/** Words that only join the others, or say that tasks are meant. */
const JOINING =
  /^(?:what(?:['’]s)?|which|who|is|are|was|were|the|all|any|every|show|list|find|give|get|see|me|i|we|us|have|has|had|there|tasks?|issues?|items?|tickets?|things?|work|stuff|everything|that|in|of|on|for|with|and|or|to|by|at|from|a|an|as|be|been|do|does|still|currently|now|please|priority|prio|priorities|status|type|s|it|my|assigned|due|not)$/i

class Filtering {
  readonly flags: FilterFlags = {}
  readonly evidence: Partial<Record<keyof FilterFlags, Span[]>> = {}
  readonly doubts: { message: string; candidates: readonly string[] }[] = []
  readonly reading: Reading

  constructor(reading: Reading) {
    this.reading = reading
  }

  /** All places of a pattern, as whole words of what is left. */
  places(pattern: string): RegExpMatchArray[] {
    const whole = insensitive(`(?<![\\p{L}\\p{N}_@#+-])(?:${pattern})(?![\\p{L}\\p{N}_-])`, 'giu')
    return [...this.reading.text.matchAll(whole)]
  }

  says<K extends keyof FilterFlags>(flag: K, value: FilterFlags[K], from: number, to: number): void {
    this.flags[flag] = value
    const spans = this.evidence[flag] ?? []
    this.evidence[flag] = [...spans, this.reading.take(from, to)]
  }
}

const endOf = (match: RegExpMatchArray) => match.index! + match[0].length

function readWords<T extends string>(
  filtering: Filtering,
  flag: 'status' | 'type' | 'priority',
  words: readonly Word<T>[],
  after: string,
): void {
  for (const [pattern, value] of words) {
    for (const match of filtering.places(`(?:${pattern})${after}`)) {
      const said = (filtering.flags[flag] ?? []) as T[]
      filtering.says(flag, [...new Set([...said, value])] as never, match.index!, endOf(match))
    }
  }
}

function readLabels(filtering: Filtering): void {
  const list = `${LABEL}(?:(?:\\s?,\\s?| and )${LABEL})*`
  const forms: readonly (readonly ['label' | 'no-label', string])[] = [
    [
      'no-label',
      `(?:without|no|not) (?:the )?(?:labels?|labelled|labeled|tags?|tagged)(?:\\s*[:=]\\s*|\\s+)(${list})`,
    ],
    [
      'label',
      `(?:with |having )?(?:the )?(?:labelled|labeled|labels?|tagged|tags?)(?:\\s*[:=]\\s*|\\s+)(?:with |as )?(${list})`,
    ],
  ]
  for (const match of filtering.places('unlabelled|unlabeled|untagged|without (?:any )?labels?')) {
    if (/^(?:\s*$|\s+(?:in|of|for|due)\b)/i.test(filtering.reading.text.slice(endOf(match)))) {
      filtering.says('label', ['none'], match.index!, endOf(match))
    }
  }
  for (const [flag, pattern] of forms) {
    for (const match of filtering.places(pattern)) {
      filtering.says(
        flag,
        [...(filtering.flags[flag] ?? []), ...match[1]!.split(/\s?,\s?| and /)],
        match.index!,
        endOf(match),
      )
    }
  }
  for (const match of [
    ...filtering.reading.text.matchAll(new RegExp(`(?<!\\S)[#+](\\p{L}${LABEL})`, 'gu')),
  ]) {
    filtering.says('label', [...(filtering.flags.label ?? []), match[1]!], match.index, endOf(match))
  }
}

function readPeople(filtering: Filtering, context: IntentContext): void {
  const known = (name: string) => personBy(name.replace(/['’]s?$/, ''), context)
  for (const match of filtering.places(`(?:created|reported|opened|written|added) by (${NAME})`)) {
    filtering.says('created-by', known(match[1]!).value, match.index!, endOf(match))
  }
  for (const match of filtering.places(
    "unassigned|(?:assigned )?to (?:nobody|no one)|without (?:an )?assignee|nobody['’]s",
  )) {
    filtering.says('assignee', 'none', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:assigned )?to me|of mine|mine|for me|my|i have|(?:do )?i (?:have to|need to|should|must) do',
  )) {
    filtering.says('assignee', 'me', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    `(?:(assigned to|assignee:?|owned by)|of|for|with|by) (${NAME})|(${NAME})['’]s`,
  )) {
    const name = (match[2] ?? match[3])!
    const person = known(name)
    if (!match[1] && !person.isKnown && person.others.length === 0) continue
    if (person.others.length > 1)
      filtering.doubts.push({ message: `Several people are called ${name}.`, candidates: person.others })
    filtering.says('assignee', person.value, match.index!, endOf(match))
  }
  for (const match of [...filtering.reading.text.matchAll(/(?<!\S)@[\p{L}\p{N}][\p{L}\p{N}._-]{0,38}/gu)]) {
    filtering.says('assignee', known(match[0]).value, match.index, endOf(match))
  }
}

async function readDeadline(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const match of filtering.places('overdue|late|past due|past (?:their|the|its) deadline')) {
    filtering.says('overdue', true, match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:without|with no|no|has no|have no) (?:a )?(?:deadline|due date)s?',
  )) {
    filtering.says('deadline', 'none', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:due|deadline|with a deadline)(?: (by|before|until|after|from|since|on|in|within))?',
  )) {
    const start = endOf(match)
    const period = await readPeriod(filtering.reading.text.slice(start), context, true)
    if (!period) continue
    const side = match[1]?.toLowerCase()
    const span =
      side === 'before'
        ? `..${addDays(period.first, -1)}`
        : side === 'by' || side === 'until'
          ? `..${period.last}`
          : side === 'after'
            ? `${addDays(period.last, 1)}..`
            : side === 'from' || side === 'since'
              ? `${period.first}..`
              : side === 'within' && period.first === period.last
                ? `${context.today}..${period.last}`
                : period.first === period.last
                  ? period.first
                  : `${period.first}..${period.last}`
    filtering.says('deadline', span, match.index!, start + period.to)
  }
}

const TIMES: readonly Word<'created' | 'updated' | 'completed'>[] = [
  ['created|opened|added|reported|new', 'created'],
  ['updated|changed|modified|touched|edited', 'updated'],
  ['completed|finished|closed|done|resolved', 'completed'],
]

async function readTimes(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const [pattern, field] of TIMES) {
    for (const match of filtering.places(
      `(?:${pattern})(?: (since|after|from|before|until|by|on|in|within))?`,
    )) {
      const start = endOf(match)
      const period = await readPeriod(filtering.reading.text.slice(start), context, false)
      if (!period) continue
      const side = match[1]?.toLowerCase() ?? 'on'
      const to = start + period.to
      const after = side === 'after' ? addDays(period.last, 1) : period.first
      const before = side === 'before' ? period.first : addDays(period.last, 1)
      if (field === 'completed') filtering.flags.status ??= ['completed']
      if (!['before', 'until', 'by'].includes(side)) filtering.says(`${field}-after`, after, match.index!, to)
      if (!['since', 'after', 'from'].includes(side))
        filtering.says(`${field}-before`, before, match.index!, to)
    }
  }
}

/** What nothing else understood, but for the words that only join: to be found in the tasks. */
function readRest(filtering: Filtering): void {
  const { reading } = filtering
  const words = [
    ...reading.original.matchAll(/["“„«`'‘]([^"”“»`'’]{1,200})["”“»`'’]|[^\s,;:.!?()"]+/gu),
  ].filter(({ index, 0: word }) => {
    const left = reading.text.slice(index, index + word.length)
    if (left.includes(KEPT)) return true
    return !left.includes(TAKEN) && !JOINING.test(word) && /[\p{L}\p{N}]/u.test(word)
  })
  if (words.length === 0) return
  filtering.flags.text = words.map((match) => match[1] ?? match[0]).join(' ')
  filtering.evidence.text = words.map((match) => reading.span(match.index, endOf(match)))
}

/**
 * The filter of `task list` that some words describe: “overdue bugs in akosha assigned to me”. It never fails; words
 * that say nothing else are looked for in the tasks.
 */
export async function parseFilter(words: string, context: IntentContext): Promise<ParsedFilter> {
  const filtering = new Filtering(new Reading(words.slice(0, 1000).replace(/\s/g, ' '), 0))
  const { reading } = filtering
  keepQuoted(reading, () => true)
  readLabels(filtering)
  await readDeadline(filtering, context)
  await readTimes(filtering, context)
  const doubts: Doubt[] = []
  const repository = readRepository(reading, context, doubts)
  if (repository) {
    filtering.flags.repo = [repository.value]
    filtering.evidence.repo = [...repository.evidence]
    for (const { from, to } of repository.evidence) reading.take(from, to)
  }
  readPeople(filtering, context)
  readWords(filtering, 'priority', PRIORITIES, '(?:[ -]prio(?:rity)?)?')
  readWords(filtering, 'status', STATUSES, '')
  readWords(filtering, 'type', TYPES, '')
  readRest(filtering)
  return { flags: filtering.flags, evidence: filtering.evidence, doubts: [...filtering.doubts, ...doubts] }
}
