import { STOP_WORDS } from '../../search/stop-words.ts'
import type { IntentContext } from '../parsed-request.ts'
import { personBy } from '../read-assignee.ts'
import { readSide, saysTimes, tellSeveral } from './filter-times.ts'
import { endOf, type Filtering, JOINING, NAME } from './filtering.ts'

const SUBJECT = `(${NAME}(?: ${NAME})?)`
const EVERYBODY = /^(?:every(?:one|body)|any(?:one|body)|some(?:one|body)|people|team|they)$/i

interface Doer {
  /** What a flag takes: “me”, or an identity, or the name where nobody is known by it. */
  readonly person: string
  readonly isKnown: boolean
  readonly name: string
  readonly from: number
}

/** Who does it, in the one or two words before a verb: “everything ann”, “Ann Lee”. */
function doerIn(said: string, from: number, filtering: Filtering, context: IntentContext): Doer | null {
  const last = said.split(' ').at(-1)!
  for (const name of new Set([said, last])) {
    const at = from + said.length - name.length
    const isI = /^i$/i.test(name)
    const person = personBy(name, context)
    if (!isI && !person.isKnown && person.others.length === 0) continue
    // “Assigned to ann, closed today” and “of ann created since Monday” say nothing of what she did.
    if (
      /(?:\b(?:to|of|by|for|from|with|and|or|assignee:?)|[,@])\s*$/i.test(filtering.reading.text.slice(0, at))
    )
      return null
    tellSeveral(filtering, name, person.others)
    return { person: isI ? 'me' : person.value, isKnown: true, name, from: at }
  }
  return { person: last, isKnown: false, name: last, from: from + said.length - last.length }
}

const isName = (word: string) =>
  !JOINING.test(word) &&
  !EVERYBODY.test(word) &&
  !STOP_WORDS.has(word.toLowerCase()) &&
  !/ly$|^(?:ones?|just|already)$/i.test(word)

const VERBS = [
  ['finished|completed|closed|resolved|fixed|done|did', 'finish|complete|close|resolve|fix|do', 'completed'],
  ['created|opened|added|reported|filed|raised|wrote', 'create|open|add|report|file|raise|write', 'created'],
  [
    'updated|changed|modified|touched|edited|cancelled|canceled|dropped|abandoned|started|blocked',
    'update|change|modify|touch|edit|cancel|drop|abandon|start|block',
    null,
  ],
] as const

/** “Everything ann finished last week”, “what did I close today”. */
async function readDone(filtering: Filtering, context: IntentContext): Promise<void> {
  const side = '(?: (since|after|from|before|on|in|within|between))?'
  for (const [past, present, field] of VERBS) {
    if (!filtering.hasAny([...past.split('|'), 'did '])) continue
    const forms = [`did ${SUBJECT} (?:${present})${side}`, `${SUBJECT} (?:(?:has|have) )?(?:${past})${side}`]
    for (const match of forms.flatMap((pattern) => filtering.places(pattern))) {
      const [words, subject, sideWord] = match
      const start = match.index! + words.indexOf(subject!)
      const doer = doerIn(subject!, start, filtering, context)
      if (!doer) continue
      const end = endOf(match)
      const before = filtering.reading.text.slice(0, doer.from)
      // Of others than people it is said what was done to them: “all bugs closed today”.
      if (!doer.isKnown && !(isName(doer.name) && /\b(?:everything|whatever|did)\s+$/i.test(before))) continue
      if (field === null) {
        filtering.doubtsOf(`No filter says “${words}”.`, match.index!, end)
        continue
      }
      const said = await readSide(filtering.reading.text.slice(end), sideWord, context, false)
      const verbEnd = end - (sideWord ? sideWord.length + 1 : 0)
      if (field === 'completed') filtering.flags.status ??= ['completed']
      filtering.says(`${field}-by`, doer.person, doer.from, verbEnd)
      if (said) saysTimes(filtering, field, said, verbEnd, end + said.period.to)
    }
  }
}

/** “What is ann working on”, “tasks nobody is working on”. */
function readWorkingOn(filtering: Filtering, context: IntentContext): void {
  for (const match of filtering.places(
    `${SUBJECT} (?:(?:(?:is|are|am) )?(?:currently |now |still )?(?:working on|works on|work on|busy with)|(?:is|are|am) (?:currently |now |still )?doing)`,
  )) {
    const doer = doerIn(match[1]!, match.index!, filtering, context)
    if (!doer) continue
    const { person, isKnown, name, from } = doer
    if (/^(?:nobody|noone)$/i.test(name) || /no one$/i.test(match[1]!)) {
      const start = /no one$/i.test(match[1]!) ? from - 3 : from
      filtering.says('status', ['pending', 'blocked', 'failed'], start, endOf(match))
    } else if (!isKnown && !isName(name)) {
      filtering.says('status', ['in_progress'], from, endOf(match))
    } else {
      filtering.says('assignee', person, from, from + name.length)
      filtering.says('status', ['in_progress'], from + name.length, endOf(match))
    }
  }
  for (const match of filtering.places(
    '(?:nobody|no one) (?:has taken|has|owns|took|is assigned to|is assigned)',
  )) {
    filtering.says('assignee', 'none', match.index!, endOf(match))
  }
}

/** Who does or did something, where the verb comes after the name. */
export async function readDoers(filtering: Filtering, context: IntentContext): Promise<void> {
  if (filtering.hasAny(['work', 'busy', 'doing', 'nobody', 'no one'])) readWorkingOn(filtering, context)
  await readDone(filtering, context)
}
