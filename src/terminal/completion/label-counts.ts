import { AT, FLAG, ID_LENGTH, ROW_INTS } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'

/**
 * The labels of all tasks, as they are stored: with commas between. Parts of one large text are no copies, and a Tab cannot
 * wait for thousands of them.
 */
function labelTexts(snapshot: Snapshot): string[] {
  snapshot.willRead('heads', snapshot.slots)
  const { columns, slots } = snapshot
  const found: string[] = []
  const texts = new Map<Buffer, string>()
  let buffer: Buffer | null = null
  let text = ''
  for (let slot = 0, at = 0; slot < slots; slot++, at += ROW_INTS) {
    const flags = columns[at + AT.PACKED]! >>> 16
    if (columns[at + AT.LABELS] === 0 || flags & (FLAG.GONE | FLAG.DELETED)) continue
    const around = flags & FLAG.PLAIN_HEAD ? snapshot.headsAround(slot) : null
    if (!around) {
      found.push(snapshot.head(slot).labelText)
      continue
    }
    if (around !== buffer) {
      buffer = around
      text = texts.get(around) ?? around.toString('latin1')
      texts.set(around, text)
    }
    // Behind the id and the title.
    const from = text.indexOf('\t', columns[at + AT.HEAD]! + ID_LENGTH + 1) + 1
    found.push(text.slice(from, text.indexOf('\t', from)))
  }
  return found
}

/**
 * How many tasks have each label. Taken apart in one piece, by code that is compiled already: this runs once in a process,
 * so that every step of a loop is an interpreted one.
 */
export function labelCounts(snapshot: Snapshot): Map<string, number> {
  const counts = new Map<string, number>()
  const texts = labelTexts(snapshot)
  if (texts.length === 0) return counts
  for (const label of texts.join(',').split(',')) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}
