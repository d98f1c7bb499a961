import { AT, FLAG, ROW_INTS } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Word } from './command-table.ts'
import { leastOf } from './least-of.ts'

/** Of so many tasks that changed last it is looked up who made them: that is not among the columns. */
const LOOKED_AT = 100

const CREATOR = /"created_by":("(?:[^"\\]|\\.)*")/

/** A person by the address, if there is one: short, and as good as the whole. */
function wordOf(person: string): Word {
  const [, name, address] = /^(.*?)\s*<([^<>\s]+)>$/.exec(person) ?? []
  return address ? [address, name!] : [person, '']
}

/** Who does tasks, and who has made the newest ones. */
export function peopleOf(snapshot: Snapshot): Word[] {
  const { columns, wide, slots } = snapshot
  const doers = new Map<number, number>()
  const present: number[] = []
  const ages: number[] = []
  for (let slot = 0, at = 0; slot < slots; slot++, at += ROW_INTS) {
    if ((columns[at + AT.PACKED]! >>> 16) & (FLAG.GONE | FLAG.DELETED)) continue
    present.push(slot)
    ages.push(-wide[(at + AT.UPDATED) / 2]!)
    const hash = columns[at + AT.ASSIGNEE_HASH]!
    if (hash !== 0) doers.set(hash, slot)
  }
  const people = [...doers.values()].map((slot) => snapshot.head(slot).assignee)
  const newest = leastOf(ages, LOOKED_AT).map((place) => present[place]!)
  for (const slot of newest) {
    const found = CREATOR.exec(snapshot.json(slot).toString('utf8'))?.[1]
    if (!found) continue
    const creator = JSON.parse(found) as string
    // Where an imported task does not say who made it, the tracker that it is from stands for that.
    if (!snapshot.head(slot).source.startsWith(`${creator}:`)) people.push(creator)
  }
  const words = new Map<string, Word>()
  for (const word of people.filter((person) => person !== '').map(wordOf)) {
    if (!words.get(word[0])?.[1]) words.set(word[0], word)
  }
  return [...words.values()].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Commands that write down who somebody is; the others look for a part of it. */
const WRITE_DOWN = new Set(['task:assign', 'task:create', 'task:complete'])

/**
 * The same people by their names, for whoever types one.
 * @param command its id; what it writes down has the address with it, as everywhere
 */
export function byName(people: readonly Word[], command: string): Word[] {
  const named = people.filter(([, name]) => name !== '')
  if (WRITE_DOWN.has(command)) return named.map(([address, name]) => [`${name} <${address}>`, ''])
  const addresses = new Map<string, string>()
  for (const [address, name] of named) {
    const other = addresses.get(name)
    addresses.set(name, other === undefined ? address : `${other}, ${address}`)
  }
  return [...addresses]
}
