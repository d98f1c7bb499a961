import type { Priority } from '../../schemas/vocabulary.ts'
import { readDeadline } from './dates/read-deadline.ts'
import { keepUnsaid } from './declared-lines.ts'
import { guessType } from './guess-type.ts'
import { insensitive } from './insensitive.ts'
import { keepQuoted } from './keep-quoted.ts'
import type { Doubt, Guess, IntentContext, ParsedRequest, Span } from './parsed-request.ts'
import { readAssignee } from './read-assignee.ts'
import { readComponents } from './read-components.ts'
import { criteriaGuess, purposes, splitCriteria } from './read-criteria.ts'
import { dependenciesGuess, readDependencies, type SaidDependencies } from './read-dependencies.ts'
import { readEstimate } from './read-estimate.ts'
import { labelsGuess, readLabels, type SaidLabels } from './read-labels.ts'
import { doubtPriority, readPriority } from './read-priority.ts'
import { firstLine, READ, Reading, titleReading } from './reading.ts'
import { readRepository } from './repository/read-repository.ts'
import { folded, repositoryNames } from './repository/repository-names.ts'
import { cutTitle, tidied } from './tidy-title.ts'

const CONTROL =
  // biome-ignore lint/complexity/useRegexLiterals: the characters are named, not shown
  new RegExp(
    '\\u001b\\[[0-9;]{0,20}[A-Za-z]|[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u200b\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ue000\\ue001]',
    'g',
  )
const EMPTY =
  /^(?:please |can (?:you|we) |just )?(?:(?:fix|do|make|check|handle|update|change|improve|finish|sort|look at|look into|test|add|remove|try|see|solve|work on|deal with|clean up|review)(?: up| out)? )?(?:it|this|that|them|these|those|stuff|things?|something|some things?|everything|the (?:thing|stuff|bug|issue|problem|rest|usual|same|other (?:thing|one|bug)|code))?(?: work| better| again| up| properly| now| soon| please)*[.!?]*$/i
const BARE = insensitive(/^(?:todo|fixme|bug|task|test|asdf|foo|tbd|wip|misc|stuff|\?+|[^\p{L}\p{N}]*)$/iu)

/** The title within a pasted document, or null where the request is none. */
function pastedTitle(text: string): string | null {
  const trimmed = text.trim()
  const lines = trimmed.split('\n').filter((line) => line.trim() !== '')
  const isYaml =
    lines.length > 1 &&
    lines
      .slice(0, 40)
      .every((line) => /^(?:\s*(?:- )?[\w-]{1,40}:(?:\s|$)|\s+\S|\s*- |---$|\.\.\.$)/.test(line)) &&
    /^(?:---|[\w-]+:(?:\s|$)|\{)/.test(lines[0]!)
  const isJson = /^[[{]/.test(trimmed) && /^(?:\{\s*"[^"\n]{0,60}"\s*:|\[\s*[{"\d])/.test(trimmed)
  if (!isYaml && !isJson) return null
  const said = /^["'\s{-]*(?:title|name|summary|subject)["']?\s*:\s*["']?([^"'\n]{1,200}?)["']?,?\s*$/im.exec(
    trimmed,
  )
  const inJson = /"(?:title|name|summary|subject)"\s*:\s*"([^"\n]{1,200})"/i.exec(trimmed)
  return (said ?? inJson)?.[1]?.trim() || lines[0]!.trim()
}

const nothing = {
  repository: null,
  type: null,
  priority: null,
  deadline: null,
  assignee: null,
  labels: null,
  dependsOn: null,
  estimate: null,
  criteria: null,
}
const whole = (text: string): Span[] => [{ from: 0, to: text.length }]

function asPasted(title: string, text: string): ParsedRequest {
  const cut = cutTitle(title).title
  return {
    ...nothing,
    title: { value: cut, confidence: 0.5, evidence: whole(text) },
    description: { value: text.trim(), confidence: 0.6, evidence: whole(text) },
    confidence: 0.5,
    doubts: [
      {
        field: 'title',
        message: 'This looks like a pasted document, not a request; its fields were not read.',
        candidates: [cut],
      },
    ],
    removed: [],
  }
}

/** The parts of the title's line that became no field. */
function remaining(reading: Reading, taken: readonly Span[]): Span[] {
  const spans: Span[] = []
  let at = reading.from
  for (const { from, to } of [...taken].sort((a, b) => a.from - b.from)) {
    if (from > at) spans.push({ from: at, to: from })
    at = Math.max(at, to)
  }
  const end = reading.from + reading.original.length
  if (at < end) spans.push({ from: at, to: end })
  return spans
}

/** As sure as the least sure field, and less for everything that has to be asked; the type is left out. */
function weigh(fields: readonly (Guess<unknown> | null)[], doubts: readonly Doubt[]): number {
  const least = Math.min(0.97, ...fields.map((field) => field?.confidence ?? 1))
  return (
    Math.round(
      Math.max(0.05, doubts.length > 0 ? Math.min(least, 0.75) * 0.85 ** (doubts.length - 1) : least) * 100,
    ) / 100
  )
}

/** Each round reads at least one more field; nobody writes so many that stand apart only by the one behind them. */
const ROUNDS = 6

/**
 * Reads the fields of the title’s line. What became a field parts clauses like a comma does, so that another field may
 * stand apart in a further look: in “p2 @maya due Friday” each is known by the next one, in whatever order they come.
 */
async function readFields(reading: Reading, context: IntentContext, doubts: Doubt[]) {
  const isDoubted = (field: Doubt['field']) => doubts.some((doubt) => doubt.field === field)
  const dependencies: SaidDependencies[] = []
  const labels: SaidLabels[] = []
  let estimate: Guess<string> | null = null
  let repository: Guess<string> | null = null
  let assignee: Guess<string> | null = null
  let priority: Guess<Priority> | null = null
  let deadline: Guess<string> | null = null
  let looked = ''
  for (let round = 0; round < ROUNDS && looked !== reading.text; round++) {
    looked = reading.text
    dependencies.push(...readDependencies(reading))
    labels.push(...readLabels(reading, context, false))
    estimate ??= readEstimate(reading)
    // “In dhara assign to ann”: what seemed to be the sentence may have become a field, so that the place ends it.
    const isOpen = !repository || repository.evidence.some((span) => reading.stands(span))
    if (isOpen && !isDoubted('repository'))
      repository = (await readRepository(reading, context, doubts)) ?? repository
    if (!assignee && !isDoubted('assignee')) assignee = readAssignee(reading, context, doubts)
    priority ??= readPriority(reading, doubts)
    if (!deadline && !isDoubted('deadline')) deadline = await readDeadline(reading, context, doubts)
  }
  if (!priority) doubtPriority(reading, doubts)
  labels.push(...readLabels(reading, context, true), ...readComponents(reading, context))
  return {
    repository,
    priority,
    deadline,
    assignee,
    labels: labelsGuess(labels),
    dependsOn: dependenciesGuess(dependencies),
    estimate,
  }
}

/**
 * What a request in words asks for: each field with the words that say so. It never fails; what isn't understood stays
 * in the title.
 */
export async function parseRequest(request: string, context: IntentContext): Promise<ParsedRequest> {
  const text = request.replace(CONTROL, (control) => ' '.repeat(control.length))
  const pasted = pastedTitle(text.slice(0, READ))
  if (pasted !== null) return asPasted(pasted, text)
  const { from, to } = firstLine(text)
  const doubts: Doubt[] = []
  const reading = titleReading(text)
  const names = repositoryNames(context)
  keepQuoted(reading, (word) => names.get(folded(word))?.by === 'name')
  const found = await readFields(reading, context, doubts)
  const type = guessType(reading)

  const body = splitCriteria(text.slice(to), to)
  const below = new Reading(text.slice(to, to + READ), to)
  keepUnsaid(below)
  keepQuoted(below, () => false)
  const deadline = found.deadline ?? (await readDeadline(below, context, doubts, true))
  const reasons = purposes(reading)
  const criteria = criteriaGuess(
    [...reasons.criteria, ...body.criteria],
    [...reasons.evidence, ...body.evidence],
  )

  const fields = [...Object.values(found), deadline]
  const left = tidied(reading, 0, reading.original.length)
  const bare = left === '' ? reading.original.replace(/\s+/g, ' ').trim() : left
  if (left === '' || EMPTY.test(left) || BARE().test(left)) {
    doubts.push({ field: 'title', message: 'There is nothing in it that says what to do.', candidates: [] })
  }
  const cut = cutTitle(bare)
  const isCut = cut.isCut || to - from > READ
  const { title } = cut
  const description = [...(isCut ? [text.slice(from, to).trim()] : []), body.rest]
    .filter((part) => part !== '')
    .join('\n\n')
  const taken = left === '' ? [] : [...fields, type].flatMap((field) => field?.evidence ?? [])
  return {
    title: { value: title, confidence: isCut ? 0.85 : 0.97, evidence: remaining(reading, taken) },
    description:
      description === ''
        ? null
        : { value: description, confidence: 0.95, evidence: [{ from: isCut ? from : to, to: text.length }] },
    ...found,
    deadline,
    type,
    criteria,
    confidence: weigh(fields, doubts),
    doubts,
    removed: left === '' ? [] : reading.taken,
  }
}
