import type { Effect, UiState } from './state.ts'
import { taskKey } from './task-source.ts'

/** A task as the documents of plans, graphs and rankings have it. */
export interface NodeDocument {
  /** `repository/ULID`. */
  readonly id: string
  readonly ref: string
  readonly kind: 'task' | 'missing'
  readonly title?: string
  readonly status?: string
  readonly priority?: string
  readonly why?: string
}

/** The key of a task; null of one that is missing. */
export const keyOfNode = ({ id, kind }: Pick<NodeDocument, 'id' | 'kind'>): string | null =>
  kind === 'task' ? id : null

/** The key of a task that a document names by its ref and its id. */
export const keyOfNamed = ({ ref, id }: { readonly ref: string; readonly id: string }): string =>
  taskKey(ref.slice(0, ref.lastIndexOf('#')), id)

/** What a task is called on the screen: without its repository where there is only one. */
export const shortRef = (ui: UiState, ref: string): string =>
  ui.source.isSeveral ? ref : ref.replace(/^[^#]*(?=#\d+$)/, '')

/** The words of a command, of the repositories that the screen shows. */
export const askedOfShown = ({ source }: UiState, words: readonly string[]): readonly string[] =>
  source.isSeveral ? [...words, '--repo', source.places.map(({ name }) => name).join(',')] : words

/** Tasks that a search brings at most. */
export const MOST_FOUND = 200

/** Asks the search index of what the screen shows. @param isAgain as the effect has it */
export const searchOf = (ui: UiState, words: string, isAgain = false): Effect => {
  // One more than is shown tells that there is more.
  const argv = askedOfShown(ui, ['task', 'search', '--limit', `${MOST_FOUND + 1}`])
  return { kind: 'search', words, argv: [...argv, '--json', '--', words], ...(isAgain ? { isAgain } : {}) }
}

/** What a command answers of one repository, and of several. */
export type OneOrEach<T> = T & { readonly repositories?: readonly (T & { readonly repository: string })[] }

/** The answers of all repositories, one of them without a name. */
export const eachOf = <T>(
  document: OneOrEach<T>,
): readonly (T & { readonly repository?: string | undefined })[] => document.repositories ?? [document]
