import { tokens } from './tokens.ts'

/** What is searched of a task: the keys of its published document that people write in. */
export interface TaskText {
  readonly title: string
  readonly description?: string | null
  readonly labels?: readonly string[]
  readonly criteria?: readonly { readonly text: string }[]
  readonly comments?: readonly { readonly text: string }[]
}

export const TEXT_FIELDS = ['title', 'labels', 'description', 'criteria', 'comments'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

/** How many times a word counts, in halves: a title says what a task is about, a comment often something else. */
const WEIGHTS: Readonly<Record<TextField, number>> = {
  title: 16,
  labels: 2,
  description: 2,
  criteria: 2,
  comments: 1,
}

/** What follows so many characters counts half: the beginning says what a text is about, then come logs and listings. */
const BEGINNING = 1600
/** What follows these is not searched. */
const LONGEST = 20_000

const textsOf = (texts: readonly { readonly text: string }[] | undefined) =>
  (texts ?? []).map(({ text }) => text).join('\n')

/** The text of each field. */
export const fieldTexts = (task: TaskText): Record<TextField, string> => ({
  title: task.title,
  labels: (task.labels ?? []).join('\n'),
  description: task.description ?? '',
  criteria: textsOf(task.criteria),
  comments: textsOf(task.comments),
})

/** A document as a ranking sees it: how often each term counts in it, in halves, and the sum of these. */
export interface TermCounts {
  readonly counts: ReadonlyMap<string, number>
  readonly length: number
}

/** @param wordsOf the words of a text that count */
export function termCounts(task: TaskText, wordsOf = tokens): TermCounts {
  const counts = new Map<string, number>()
  let length = 0
  const texts = fieldTexts(task)
  for (const field of TEXT_FIELDS) {
    const weight = WEIGHTS[field]
    for (const { term, from } of wordsOf(texts[field].slice(0, LONGEST))) {
      const worth = from < BEGINNING ? weight : Math.ceil(weight / 2)
      counts.set(term, (counts.get(term) ?? 0) + worth)
      length += worth
    }
  }
  return { counts, length }
}
