import type { IntentContext } from '../parsed-request.ts'
import { ordinaryAmong } from './ordinary-words.ts'

/** “Fast Blocks”, fast_blocks and fastblocks are the same name. */
export const folded = (name: string): string => name.toLowerCase().replace(/[\s_.-]+/g, '')

/** How a word names repositories: by a name of their own, or by a tag that others may have too. */
export interface Named {
  readonly repositories: readonly string[]
  readonly by: 'name' | 'nickname' | 'tag'
}

/** All words that name a repository of the federation, folded. */
export function repositoryNames(context: IntentContext): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>()
  const add = (word: string, repository: string, by: Named['by']) => {
    const key = folded(word)
    if (key === '') return
    const before = names.get(key)
    // A tag doesn't take a word from the repository that is called so.
    if (before && before.by !== 'tag' && by === 'tag') return
    const others = before && (before.by === 'tag') === (by === 'tag') ? before.repositories : []
    names.set(key, {
      repositories: [...new Set([...others, repository])],
      by: before && before.by !== 'tag' ? before.by : by,
    })
  }
  for (const { name } of context.repositories) add(name, name, 'name')
  for (const { name, names: others } of context.repositories) {
    for (const other of others) add(other, name, folded(other).length > 4 ? 'name' : 'nickname')
  }
  for (const { name, tags } of context.repositories) for (const tag of tags) add(tag, name, 'tag')
  return names
}

/** The words of a text that name repositories, and which of them mean something else as well. */
export interface KnownNames {
  readonly here: string | null
  readonly names: ReadonlyMap<string, Named>
  readonly ordinary: ReadonlySet<string>
  /** Whether there is any name in it. */
  readonly isSaid: boolean
}

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?/gu

/** The names that a text may hold. */
export async function namesIn(text: string, context: IntentContext): Promise<KnownNames> {
  const names = repositoryNames(context)
  const words = text.toLowerCase().match(WORD) ?? []
  const asked = new Set<string>()
  for (const [i, word] of words.entries()) {
    if (names.has(folded(word))) asked.add(word)
    const next = words[i + 1]
    if (next !== undefined && names.has(folded(word + next))) asked.add(word).add(next)
  }
  return { here: context.here, names, ordinary: await ordinaryAmong(asked), isSaid: asked.size > 0 }
}

/** Whether these words, as they are written, mean something else as well: then they count only where they are plainly a name. */
export const isOrdinary = ({ ordinary }: KnownNames, said: string): boolean =>
  said
    .toLowerCase()
    .split(' ')
    .every((word) => ordinary.has(word))
