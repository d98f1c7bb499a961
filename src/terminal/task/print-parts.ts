import type { SagaPart } from '../../federation/saga.ts'
import { isQuiet } from '../output/output-mode.ts'
import { taskJsonTexts } from './task-json.ts'

/**
 * Prints what became of the parts of a change of several repositories.
 * @param did what each part is now, such as `created`
 * @param more further keys of the document
 */
export async function printParts(
  parts: readonly SagaPart[],
  link: string,
  json: boolean,
  did: string,
  more: object = {},
): Promise<void> {
  const texts: string[] = []
  for (const { place, task } of parts) {
    const view = await place.store.view()
    const slot = view.slotOfId(task)!
    if (json) texts.push(...taskJsonTexts(view, place.name, [slot]))
    else {
      const ref = `${place.name}#${view.number(slot)}`
      process.stdout.write(isQuiet() ? `${ref}\n` : `${ref} ${did}: ${view.head(slot).title}\n`)
    }
  }
  if (!json) return
  const tail = JSON.stringify({ total: texts.length, link, problems: [], ...more }).slice(1)
  process.stdout.write(`{"schema":1,"tasks":[${texts.join(',')}],${tail}\n`)
}
