import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheDirectory } from '../config/cache-directory.ts'
import { withoutPasswords } from '../git/remote-failure.ts'
import { makeDirectory } from '../make-directory.ts'
import { programVersion } from '../package-root.ts'
import { replaceFile } from '../replace-file.ts'
import { checksum } from '../snapshot/checksum.ts'
import type { WrittenEntry, WrittenRepos } from './parse-repos.ts'
import { publicUrl } from './shown-url.ts'

const sum = (text: string) => (checksum(Buffer.from(text)) >>> 0).toString(16).padStart(8, '0')

/** Two files that share a place in the cache push each other out of it; they are never taken for each other. */
const placeOf = (file: string) => join(cacheDirectory(), 'federations', `${sum(file)}.json`)

const readText = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null)

interface Kept {
  readonly version: string
  readonly file: string
  /**
   * What was parsed. Compared as a whole, it can be neither too old nor another file's, which size and times of a file
   * can be, and costs less than a tenth of a millisecond. null where there are passwords in it.
   */
  readonly text: string | null
  /** When the file of a text that is not kept was changed. */
  readonly changed?: number
  readonly repos: WrittenRepos
}

/** What is kept of a file, as this program has written it. Errors: of the file system; of what is damaged. */
function readKept(file: string): Kept | null {
  const content = readFileSync(placeOf(file), 'utf8')
  const json = content.slice(9)
  if (content.slice(0, 9) !== `${sum(json)} `) return null
  const kept = JSON.parse(json) as Kept
  return kept.version === programVersion() && kept.file === file ? kept : null
}

/** What the text of a file said when this program parsed it last; null where it is not known. Never throws. */
export function readParsed(file: string, text: string): WrittenRepos | null {
  try {
    const kept = readKept(file)
    return kept?.text === text ? kept.repos : null
  } catch {
    return null
  }
}

/**
 * The entries of a file, to name them to somebody: where the file holds passwords, none of them is in a URL here. Nothing
 * where they are not known. Never throws.
 */
export function entriesKnown(file: string, text: string): readonly WrittenEntry[] {
  try {
    const kept = readKept(file)
    const isIt = kept && (kept.text === text || kept.changed === statSync(file).mtimeMs)
    return isIt ? kept.repos.entries : []
  } catch {
    return []
  }
}

/** Whether a text lets whoever reads it in somewhere. */
const isSecret = (text: string, { entries }: WrittenRepos) =>
  withoutPasswords(text) !== text || entries.some(({ url }) => url !== null && publicUrl(url) !== url)

/** Entries without what their URLs let somebody in by; one with a password elsewhere, as in its path, is left out. */
const harmlessEntries = (entries: readonly WrittenEntry[]) =>
  entries.flatMap((entry) => {
    const others = JSON.stringify({ ...entry, url: null })
    if (withoutPasswords(others) !== others) return []
    return [{ ...entry, url: entry.url === null ? null : publicUrl(entry.url) }]
  })

/**
 * Keeps what a text said; where there are passwords in it, only what its entries are without them: they are to have no
 * second place. Quiet: where nothing can be kept, it is parsed again the next time.
 */
export function keepParsed(file: string, text: string, repos: WrittenRepos): void {
  try {
    const [version, place] = [programVersion(), placeOf(file)]
    const kept: Kept = isSecret(text, repos)
      ? {
          version,
          file,
          text: null,
          changed: statSync(file).mtimeMs,
          repos: { entries: harmlessEntries(repos.entries), faults: [] },
        }
      : { version, file, text, repos }
    const json = JSON.stringify(kept)
    const content = `${sum(json)} ${json}`
    // What is parsed each time is not written each time.
    if (kept.text === null && readText(place) === content) return
    makeDirectory(dirname(place), 0o700)
    replaceFile(place, content, 0o600)
  } catch {
    // See above.
  }
}
