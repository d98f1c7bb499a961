import { PRIORITIES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { MhvError } from '../../errors.ts'
import { FIELDS, type Field, type IntentContext } from '../../intent/parsed-request.ts'
import { isSourceId } from '../../query/find-source.ts'
import { parsePlacedNames } from '../../query/number-list.ts'
import { readDeadline } from '../input/deadline.ts'
import { checkedDescription } from '../input/input.ts'
import { now } from '../output/clock.ts'
import { colourOf } from '../output/colour.ts'
import { readCriterion, readEstimate, readLabel, readPerson, readTitle } from '../task/fields.ts'
import { renderProposal, shownValue } from './print-proposal.ts'
import { doubtfulIn, type Proposal, wantedIn } from './proposal.ts'
import { type Asker, asker, isBrokenOff } from './questions.ts'

type Value = string | readonly string[] | null

const SOMETHING_ELSE = '\0else'
const NOTHING = '\0none'

const QUESTIONS: { readonly [F in Field]: string } = {
  title: 'Title',
  description: 'Description',
  repository: 'In which repository?',
  type: 'What kind of work is it?',
  priority: 'How important is it?',
  deadline: 'Until when? (2026-11-27, tomorrow, +3d, or words such as next friday)',
  assignee: 'Who does it? (me, a name or an address)',
  labels: 'Labels, with commas between',
  dependsOn: 'Which tasks have to be done first? (3, akosha#7)',
  estimate: 'How much work is it? (90m, 3h, 2d, 1w, 5pt)',
  criteria: 'Acceptance criteria, with semicolons between',
}

const SEPARATORS: { readonly [F in Field]?: string } = { labels: ',', dependsOn: ',', criteria: ';' }

function asValue(field: Field, text: string): Value {
  const separator = SEPARATORS[field]
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (separator === undefined) return trimmed
  const parts = trimmed.split(separator).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

const asText = (field: Field, value: Value): string =>
  Array.isArray(value) ? value.join(`${SEPARATORS[field]} `) : ((value as string | null) ?? '')

/** Reads a value as the command would. Errors: INVALID_INPUT, DEADLINE_PAST. */
export function requireReadable(field: Field, value: Value): void {
  if (value === null) {
    if (field === 'title') readTitle('')
    return
  }
  const readers: { readonly [F in Field]?: (word: string) => unknown } = {
    title: readTitle,
    description: checkedDescription,
    deadline: (word) => readDeadline(word, now(), false),
    assignee: (word) => readPerson(word, 'me'),
    labels: readLabel,
    dependsOn: (word) => isSourceId(word) || parsePlacedNames([word]),
    estimate: readEstimate,
    criteria: readCriterion,
  }
  for (const word of typeof value === 'string' ? [value] : value) readers[field]?.(word)
}

/** What is wrong with an answer, or true. */
function judged(field: Field, text: string): string | true {
  try {
    requireReadable(field, asValue(field, text))
    return true
  } catch (error) {
    if (error instanceof MhvError) return error.message
    throw error
  }
}

/** A deadline in words is read as it is in a request; what cannot be read stays as it was typed, and is refused. */
async function deadlineIn(text: string, context: IntentContext): Promise<string> {
  if (text.trim() === '' || judged('deadline', text.trim()) === true) return text
  const { parseRequest } = await import('../../intent/parse-request.ts')
  for (const words of [`Do it by ${text.trim()}`, `Do it ${text.trim()}`]) {
    const { deadline } = await parseRequest(words, context)
    if (deadline) return deadline.value
  }
  return text
}

async function askText(ask: Asker, field: Field, current: Value, context: IntentContext): Promise<Value> {
  const read = (text: string) => (field === 'deadline' ? deadlineIn(text, context) : Promise.resolve(text))
  const text = await ask.text({
    message: QUESTIONS[field],
    current: asText(field, current),
    judge: async (answer) => judged(field, await read(answer)),
  })
  return asValue(field, await read(text))
}

/** What may be chosen for a field without typing. */
function choicesOf(field: Field, { parsed }: Proposal, { repositories }: IntentContext): readonly string[] {
  if (field === 'type') return TASK_TYPES
  if (field === 'priority') return PRIORITIES
  const meant = parsed.doubts.filter((doubt) => doubt.field === field).flatMap(({ candidates }) => candidates)
  return field === 'repository' ? [...meant, ...repositories.map(({ name }) => name)] : meant
}

async function askField(
  ask: Asker,
  field: Field,
  proposal: Proposal,
  context: IntentContext,
): Promise<Value> {
  const current = wantedIn(proposal)[field]
  const known = choicesOf(field, proposal, context)
  if (known.length === 0) return askText(ask, field, current, context)
  const isFixed = ['type', 'priority', 'repository'].includes(field)
  // What would be refused when it is created, such as a date that has passed, is nothing to choose.
  const values = [...new Set([...(current === null ? [] : [asText(field, current)]), ...known])].filter(
    (value) => isFixed || judged(field, value) === true,
  )
  const said = proposal.parsed.doubts.find((doubt) => doubt.field === field)?.message
  const nothing = field === 'repository' ? `here${context.here ? ` (${context.here})` : ''}` : 'none'
  const answer = await ask.choose(said ?? QUESTIONS[field], [
    ...values.map((value) => ({ value, name: shownValue(field, value) })),
    ...(isFixed ? [] : [{ value: SOMETHING_ELSE, name: 'something else' }]),
    ...(field === 'title' ? [] : [{ value: NOTHING, name: nothing }]),
  ])
  if (answer === SOMETHING_ELSE) return askText(ask, field, current, context)
  return answer === NOTHING ? null : asValue(field, answer)
}

const answeredWith = (proposal: Proposal, field: Field, value: Value): Proposal => ({
  ...proposal,
  given: { ...proposal.given, [field]: value },
  answered: new Set([...proposal.answered, field]),
})

/** What a shell has for a program that Ctrl-C ended: here it comes as a key, and is no signal. */
const INTERRUPTED = 130

/** Nothing is created, and that is what the exit code says. */
function nothingCreated(code: number): null {
  process.stderr.write('Nothing was created.\n')
  process.exitCode = code
  return null
}

/**
 * Asks about the fields that are not clear, and then whether the task is right as it is.
 * @returns the proposal with the answers; null where nothing is to be created, with the exit code set
 */
export async function askAbout(proposal: Proposal, context: IntentContext): Promise<Proposal | null> {
  const ask = await asker()
  const colour = colourOf(process.stderr)
  const show = (now: Proposal) => process.stderr.write(renderProposal(now, colour, true))
  try {
    show(proposal)
    let asked = proposal
    for (const field of doubtfulIn(proposal)) {
      asked = answeredWith(asked, field, await askField(ask, field, asked, context))
    }
    for (;;) {
      if (asked !== proposal) show(asked)
      const what = await ask.choose<'create' | 'edit' | 'cancel'>('Create this task?', [
        { value: 'create', name: 'create it' },
        { value: 'edit', name: 'change a field' },
        { value: 'cancel', name: 'create nothing' },
      ])
      if (what !== 'edit') return what === 'create' ? asked : nothingCreated(1)
      const wanted = wantedIn(asked)
      const field = await ask.choose<Field>(
        'Which one?',
        FIELDS.map((each) => ({ value: each, name: `${each}: ${shownValue(each, wanted[each])}` })),
      )
      asked = answeredWith(asked, field, await askField(ask, field, asked, context))
    }
  } catch (error) {
    // Ctrl-C, or the end of the terminal.
    if (isBrokenOff(error)) return nothingCreated(INTERRUPTED)
    throw error
  }
}
