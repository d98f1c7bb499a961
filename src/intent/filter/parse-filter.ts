import { keepQuoted } from '../keep-quoted.ts'
import type { Doubt, IntentContext } from '../parsed-request.ts'
import { personBy } from '../read-assignee.ts'
import { KEPT, Reading, TAKEN } from '../reading.ts'
import { readRepository } from '../repository/read-repository.ts'
import { endsPlace } from '../repository/repository-forms.ts'
import { folded, isOrdinary, namesIn, repositoryNames } from '../repository/repository-names.ts'
import { readAges, readTimesLeft } from './filter-ages.ts'
import { readDoers } from './filter-doers.ts'
import { readDeadline, readTimes, tellSeveral } from './filter-times.ts'
import { keepTerms, readAll, readAllTasks, readDenied, readWords } from './filter-words.ts'
import { endOf, Filtering, JOINING, LABEL, NAME, type ParsedFilter } from './filtering.ts'

function readLabels(filtering: Filtering): void {
  const list = `${LABEL}(?:(?:\\s?,\\s?| and )(?!not )${LABEL})*`
  const forms: readonly (readonly ['label' | 'no-label', string])[] = [
    [
      'no-label',
      `(?:without|with no|no|not) (?:the |a )?(?:labels?|labelled|labeled|tags?|tagged)(?:\\s*[:=]\\s*|\\s+)(${list})`,
    ],
    [
      'label',
      `(?:with |having )?(?:the )?(?:labelled|labeled|labels?|tagged|tags?)(?:\\s*[:=]\\s*|\\s+)(?:with |as )?(${list})`,
    ],
  ]
  for (const match of filtering.places(
    'unlabelled|unlabeled|untagged|(?:without|with no|has no|have no|no) (?:any |an? )?(?:labels?|tags?)',
  )) {
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
  for (const match of filtering.places(`by (${NAME})`)) {
    const person = known(match[1]!)
    if (!person.isKnown) continue
    const who = /^(?:me|myself)$/i.test(match[1]!) ? 'me' : person.value
    filtering.says('created-by', who, match.index!, endOf(match))
  }
  for (const match of filtering.places(
    "unassigned|(?:assigned )?to (?:nobody|no one)|(?:without|with no|no) (?:an )?assignees?|nobody['’]s",
  )) {
    filtering.says('assignee', 'none', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    '(?:assigned )?to me|of mine|mine|for me|my|i have|(?:do )?i (?:have to|need to|should|must) do',
  )) {
    filtering.says('assignee', 'me', match.index!, endOf(match))
  }
  for (const match of filtering.places(
    `(?:(assigned to|assignee:?|owned by)|of|for) (${NAME})|(${NAME})['’]s`,
  )) {
    const name = (match[2] ?? match[3])!
    const person = known(name)
    if (!match[1] && !person.isKnown && person.others.length === 0) continue
    tellSeveral(filtering, name, person.others)
    filtering.says('assignee', person.value, match.index!, endOf(match))
  }
  for (const match of [...filtering.reading.text.matchAll(/(?<!\S)@[\p{L}\p{N}][\p{L}\p{N}._-]{0,38}/gu)]) {
    filtering.says('assignee', known(match[0]).value, match.index, endOf(match))
  }
}

const ENDS_PLACE = /^\s+(?:that|which|with|without|by|but|not|and|or)(?!\p{L})/u

/** Repositories that are listed, as all of them are meant, and a nickname wherever it follows “in”. */
async function readPlaces(filtering: Filtering, context: IntentContext): Promise<void> {
  for (const match of filtering.places(
    'everywhere|(?:in|across|of|from) (?:all|every|any)(?: of)?(?: the| my| our)? (?:repos?|repositor(?:y|ies)|projects?)',
  )) {
    filtering.says('all', true, match.index!, endOf(match))
  }
  const known = await namesIn(filtering.reading.text, context)
  const word = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}?'
  const joined = '(?:\\s?,\\s?(?:(?:and|or) )?(?:in )?| (?:and|or) (?:in )?)'
  for (const match of filtering.places(`(?:in|from|of|for) (${word}(?:${joined}${word})*)`)) {
    const said = match[1]!.split(new RegExp(joined, 'u'))
    const named = said.map((each) => known.names.get(folded(each)))
    const end = endOf(match)
    const isEnd =
      endsPlace(filtering.reading, end, known) || ENDS_PLACE.test(filtering.reading.text.slice(end))
    const isMeant = said.every(
      (each, i) => named[i] && named[i].by !== 'tag' && (isEnd || !isOrdinary(known, each)),
    )
    const isOne = said.length === 1
    // One that is nothing else than a name is found wherever it stands.
    if (!isMeant || (isOne && named[0]!.by !== 'nickname' && !isOrdinary(known, said[0]!))) continue
    const repositories = new Set(named.flatMap((each) => each!.repositories))
    if (isOne && repositories.size > 1) continue
    const all = [...new Set([...(filtering.flags.repo ?? []), ...repositories])]
    filtering.says('repo', all, match.index!, endOf(match))
  }
  if (filtering.flags.repo) return
  const doubts: Doubt[] = []
  // Nothing is created: what the words speak of is what is looked for.
  const repository = await readRepository(filtering.reading, context, doubts, null)
  filtering.doubts.push(...doubts)
  if (!repository) return
  filtering.flags.repo = [repository.value]
  filtering.evidence.repo = [...repository.evidence]
  for (const { from, to } of repository.evidence) filtering.reading.take(from, to)
}

function readDependencies(filtering: Filtering): void {
  const task = '[\\p{L}\\p{N}_-]{0,60}#?\\d{1,9}'
  for (const match of filtering.places(
    `(?:(?:that|which) )?(?:(?:is |are )?(?:depend(?:s|ing|ent)?(?: up)? ?on|wait(?:s|ing)? (?:on|for)|blocked (?:by|on)))(?: tasks?)? (#?${task}(?:(?:\\s?,\\s?| or )#?${task})*)`,
  )) {
    const tasks = match[1]!.split(/\s?,\s?| or /).map((one) => one.replace(/^#/, ''))
    filtering.says('depends-on', tasks.join(','), match.index!, endOf(match))
  }
}

/** An “or” holds between values of one flag only, and what is without something has no flag. */
function readLeftOver(filtering: Filtering): void {
  const { reading, evidence } = filtering
  const flagsAt = (at: number) =>
    Object.entries(evidence)
      .filter(([, spans]) => spans.some(({ from, to }) => from <= at && at < to))
      .map(([flag]) => flag)
  for (const match of filtering.places('or')) {
    const before = reading.text.slice(0, match.index).trimEnd().length - 1
    const after = endOf(match) + /^\s*/.exec(reading.text.slice(endOf(match)))![0].length
    const left = flagsAt(before)
    if (left.length > 0 && flagsAt(after).some((flag) => left.includes(flag))) continue
    filtering.doubtsOf(
      'All that is said has to hold; “or” joins values of one kind only.',
      match.index!,
      endOf(match),
    )
  }
  for (const match of filtering.places('without|with no|no|never')) {
    if (/^\s*[\uE000\uE001]/.test(reading.text.slice(endOf(match))))
      filtering.doubtsOf(`No filter says “${match[0]}” of this.`, match.index!, endOf(match))
  }
}

const REST = new RegExp(`${KEPT}+|[^\\s,;:.!?()"${KEPT}]+`, 'gu')
const QUOTED = /^["“„«`'‘「]/

/** What looks like code stands for itself, unless it is called so: a status, a repository, a task of one, a person. */
function keepCode(reading: Reading, context: IntentContext): void {
  const names = repositoryNames(context)
  keepQuoted(reading, (word, at) => {
    if (/^in_progress$/i.test(word) || reading.text[at + word.length] === '#') return true
    return (
      names.has(folded(word)) || /(?:assigned to|owned by|assignee:?|by)\s+$/i.test(reading.text.slice(0, at))
    )
  })
}

/** What nothing else understood, but for the words that only join: to be found in the tasks. */
function readRest(filtering: Filtering): void {
  const { reading } = filtering
  const words = [...reading.text.matchAll(REST)].flatMap((match) => {
    const said = reading.original.slice(match.index, endOf(match))
    if (!match[0].startsWith(KEPT)) {
      const isSaid = !match[0].includes(TAKEN) && !JOINING.test(said) && /[\p{L}\p{N}]/u.test(said)
      return isSaid ? [{ match, said }] : []
    }
    const quoted = QUOTED.test(said) ? said.slice(1, -1).trim() : said
    return quoted === '' ? [] : [{ match, said: quoted }]
  })
  if (words.length === 0) return
  filtering.flags.text = words.map(({ said }) => said).join(' ')
  filtering.evidence.text = words.map(({ match }) => reading.span(match.index, endOf(match)))
}

/**
 * The filter of `task list` that some words describe: “overdue bugs in akosha assigned to me”. It never fails; words
 * that say nothing else are looked for in the tasks.
 */
export async function parseFilter(words: string, context: IntentContext): Promise<ParsedFilter> {
  const filtering = new Filtering(new Reading(words.slice(0, 1000).replace(/\s/g, ' '), 0))
  const { reading } = filtering
  keepQuoted(reading, (word) => !QUOTED.test(word))
  readLabels(filtering)
  keepCode(reading, context)
  readAll(filtering)
  await readAges(filtering, context)
  await readDoers(filtering, context)
  readDenied(filtering, context)
  readDependencies(filtering)
  await readDeadline(filtering, context)
  await readTimes(filtering, context)
  await readPlaces(filtering, context)
  readPeople(filtering, context)
  keepTerms(filtering)
  readWords(filtering)
  readAllTasks(filtering)
  readLeftOver(filtering)
  await readTimesLeft(filtering, context)
  readRest(filtering)
  const { flags, evidence, doubts } = filtering
  return { flags, evidence, doubts }
}
