import { MhvError } from '../../errors.ts'
import type { LinkSuggestion } from '../../insight/suggest-links.ts'
import { readKey } from '../asking/read-key.ts'
import type { Workplace } from '../places/workplace.ts'
import { relatedTasks } from '../task/related-tasks.ts'
import type { LinksOfTask } from './links-of-named.ts'
import { linkText } from './print-links.ts'

/**
 * The suggestions that tasks' numbers and references name, each once. What is a dependency already is passed over, so
 * that repeating a command changes nothing. Errors: INVALID_INPUT; those of relatedTasks.
 */
export async function linksNamed(
  workplace: Workplace,
  { id, repository, links, command }: LinksOfTask,
  words: readonly string[],
  task: string,
): Promise<LinkSuggestion[]> {
  const view = await workplace.store.view()
  const known = view.head(view.slotOfId(id)!).dependsOn
  const chosen = new Set<LinkSuggestion>()
  for (const word of words) {
    for (const other of (await relatedTasks(workplace, [word.trim()]))(view)) {
      const key = other.includes('/') ? other : `${repository}/${other}`
      const link = links.find((one) => one.task.key === key)
      if (link) chosen.add(link)
      else if (!known.includes(other)) {
        throw new MhvError(
          'INVALID_INPUT',
          `--accept ${JSON.stringify(word)} is none of the ${links.length} tasks suggested for ${task}; --accept takes their numbers (3, akosha#7).`,
          { recovery: [command], data: { field: 'accept', value: word } },
        )
      }
    }
  }
  return [...chosen]
}

/** Asks of each suggestion in turn, with one key. @param accept called at once: breaking off drops nothing */
export async function askForLinks(
  found: LinksOfTask,
  accept: (link: LinkSuggestion) => Promise<void>,
): Promise<LinkSuggestion[]> {
  const accepted: LinkSuggestion[] = []
  for (const link of found.links) {
    process.stderr.write(`${linkText(found, link)}\n`)
    const key = await readKey('   Depend on it? [y]es, [n]o, [q]uit ', ['y', 'n', 'q'])
    if (key === null || key === 'q') break
    if (key === 'n') continue
    await accept(link)
    accepted.push(link)
  }
  return accepted
}
