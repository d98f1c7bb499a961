import { MhvError } from '../errors.ts'
import type { LinkSuggestion } from '../insight/suggest-links.ts'
import { visible } from '../printable.ts'
import { reasonsSaid } from './print-links.ts'
import { readKey } from './read-key.ts'

/** The suggestions in words, numbered as --accept takes them. */
export const linksText = (
  links: readonly LinkSuggestion[],
  named: (link: LinkSuggestion) => string,
): string =>
  links
    .map(
      (link, i) =>
        `${i + 1}. ${named(link)} ${visible(link.task.title)} (${Math.round(link.confidence * 100)} %)\n   because ${reasonsSaid(link)}`,
    )
    .join('\n')

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

/** Asks of each suggestion in turn, with one key. What was said before an end counts. */
export async function askForLinks(
  links: readonly LinkSuggestion[],
  named: (link: LinkSuggestion) => string,
): Promise<LinkSuggestion[]> {
  const accepted: LinkSuggestion[] = []
  for (const [i, link] of links.entries()) {
    process.stderr.write(`${linksText([link], named).replace(/^1\./, `${i + 1}.`)}\n`)
    const key = await readKey('   Depend on it? [y]es, [n]o, [q]uit ', ['y', 'n', 'q'])
    if (key === 'y') accepted.push(link)
    if (key === null || key === 'q') break
  }
  return accepted
}
