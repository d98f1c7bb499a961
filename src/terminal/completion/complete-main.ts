import { harmless } from '../../printable.ts'
import { writeWhole } from '../../write-whole.ts'
import { asBashReplies, bashWords } from './bash-words.ts'
import { type Candidates, candidatesFor } from './candidates.ts'
import { readCommandTable } from './command-table.ts'
import { keepNames, Unread } from './names-known.ts'

/** A title is there to be told from others, not to be read. */
const LONGEST_MEANING = 70

const short = (meaning: string) => {
  const letters = [...harmless(meaning)]
  return letters.length <= LONGEST_MEANING
    ? letters.join('')
    : `${letters.slice(0, LONGEST_MEANING - 1).join('')}…`
}

/** What a shell is told where it knows better: a line that no candidate can be. */
const handedBack = (what: 'files' | 'directories') => [`\t${what}`]

/** Candidates fit for a terminal: what a task log from elsewhere says may hold anything. */
const shown = (candidates: readonly (readonly [string, string])[]) =>
  candidates
    .filter(([value]) => harmless(value) === value)
    .map(([value, meaning]) => [value, short(meaning)] as const)

/** @param argv COMP_TYPE, what readline replaces, COMP_POINT, COMP_LINE */
function forBash([type = '', replaced = '', point = '', all = '']: readonly string[]): string[] {
  // The place of the cursor counts in bytes.
  const line = Buffer.from(all).subarray(0, Number(point)).toString('utf8')
  const words = bashWords(line)
  const current = words.pop()!
  const texts = words.slice(1).map(({ text }) => text)
  const candidates = candidatesFor(readCommandTable(), texts, current.text)
  if (typeof candidates === 'string') return handedBack(candidates)
  return asBashReplies(shown(candidates), type, current.raw.endsWith(replaced) ? replaced : '', current)
}

/** @param argv the place of the word at the cursor, and the words up to it; an empty last one may be left out */
function forOthers([place = '', ...words]: readonly string[]): string[] {
  const at = Number(place)
  const candidates: Candidates = candidatesFor(readCommandTable(), words.slice(1, at), words[at] ?? '')
  if (typeof candidates === 'string') return handedBack(candidates)
  return shown(candidates).map(([value, meaning]) => (meaning ? `${value}\t${meaning}` : value))
}

function answer([, shell, ...argv]: readonly string[]): void {
  const lines = shell === 'bash' ? forBash(argv) : forOthers(argv)
  if (lines.length > 0) writeWhole(1, `${lines.join('\n')}\n`)
}

/** Answers once all files that have changed are read, one after the other: there are two at most. */
async function answerAfter(first: Unread, argv: readonly string[]): Promise<void> {
  const { readNames } = await import('./read-names.ts')
  const cwd = process.cwd()
  const paths = new Set<string>()
  for (let unread: Unread | null = first; unread && !paths.has(unread.path); ) {
    paths.add(unread.path)
    keepNames(unread, await readNames(unread.path, unread.text))
    unread = unreadIn(() => answer(argv), cwd)
  }
}

/** Runs something from a directory; the file that has to be read before it can, or null. Errors: as it has. */
function unreadIn(run: () => void, cwd: string): Unread | null {
  try {
    process.chdir(cwd)
    run()
    return null
  } catch (error) {
    if (error instanceof Unread) return error
    throw error
  }
}

/**
 * Answers a shell that asks what may stand at the cursor, a candidate a line. Quiet, whatever happens: a shell would show
 * an error in the middle of the command line.
 * @param argv `__complete`, the shell, and what it sends
 */
export function main(argv: readonly string[]): boolean {
  // Where nothing can be told, nothing is known.
  const nothing = () => undefined
  try {
    const cwd = process.cwd()
    const unread = unreadIn(() => answer(argv), cwd)
    if (unread) {
      process.chdir(cwd)
      answerAfter(unread, argv).catch(nothing)
    }
  } catch {
    nothing()
  }
  return true
}
