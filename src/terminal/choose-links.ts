import { MhvError } from '../errors.ts'
import type { LinkSuggestion } from '../insight/suggest-links.ts'
import type { LinksOfTask } from './links-of-named.ts'
import { linkText } from './print-links.ts'
import { readKey } from './read-key.ts'

/** The suggestions that numbers name, each once. Errors: INVALID_INPUT. */
export function linksAt(
  links: readonly LinkSuggestion[],
  numbers: readonly string[],
  task: string,
): LinkSuggestion[] {
  const chosen = numbers.map((word) => {
    const link = /^\d+$/.test(word.trim()) ? links[Number(word) - 1] : undefined
    if (link) return link
    throw new MhvError(
      'INVALID_INPUT',
      `--accept ${JSON.stringify(word)} is none of the ${links.length} suggestions for ${task}.`,
      { recovery: [`mhv depend suggest ${task}`], data: { field: 'accept', value: word } },
    )
  })
  return [...new Set(chosen)]
}

/** Asks of each suggestion in turn, with one key; who breaks off accepts none. */
export async function askForLinks(found: LinksOfTask): Promise<LinkSuggestion[]> {
  const accepted: LinkSuggestion[] = []
  for (const [i, link] of found.links.entries()) {
    process.stderr.write(`${linkText(found, link, i)}\n`)
    const key = await readKey('   Depend on it? [y]es, [n]o, [q]uit ', ['y', 'n', 'q'])
    if (key === 'y') accepted.push(link)
    if (key === null) return []
    if (key === 'q') break
  }
  return accepted
}
