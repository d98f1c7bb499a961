import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheDirectory } from '../config/cache-directory.ts'
import { withoutPasswords } from '../git/remote-failure.ts'
import { makeDirectory } from '../make-directory.ts'
import { programVersion } from '../package-root.ts'
import { replaceFile } from '../replace-file.ts'
import { checksum } from '../snapshot/checksum.ts'
import type { WrittenRepos } from './parse-repos.ts'
import { shownUrl } from './shown-url.ts'

const sum = (text: string) => (checksum(Buffer.from(text)) >>> 0).toString(16).padStart(8, '0')

/** Two files that share a place in the cache push each other out of it; they are never taken for each other. */
const placeOf = (file: string) => join(cacheDirectory(), 'federations', `${sum(file)}.json`)

interface Kept {
  readonly version: string
  readonly file: string
  /**
   * What was parsed. Compared as a whole, it can be neither too old nor another file's, which size and times of a file
   * can be, and costs less than a tenth of a millisecond.
   */
  readonly text: string
  readonly repos: WrittenRepos
}

/** What the text of a file said when this program parsed it last; null where it is not known. Never throws. */
export function readParsed(file: string, text: string): WrittenRepos | null {
  try {
    const content = readFileSync(placeOf(file), 'utf8')
    const json = content.slice(9)
    if (content.slice(0, 9) !== `${sum(json)} `) return null
    const kept = JSON.parse(json) as Kept
    const isIt = kept.version === programVersion() && kept.file === file && kept.text === text
    return isIt ? kept.repos : null
  } catch {
    return null
  }
}

/** Whether a text lets whoever reads it in somewhere. */
const isSecret = (text: string, { entries }: WrittenRepos) =>
  withoutPasswords(text) !== text || entries.some(({ url }) => url !== null && shownUrl(url) !== url)

/**
 * Keeps what a text said, except where there are passwords in it: they are to have no second place. Quiet: where nothing can
 * be kept, it is parsed again the next time.
 */
export function keepParsed(file: string, text: string, repos: WrittenRepos): void {
  try {
    if (isSecret(text, repos)) {
      rmSync(placeOf(file), { force: true })
      return
    }
    const json = JSON.stringify({ version: programVersion(), file, text, repos } satisfies Kept)
    makeDirectory(dirname(placeOf(file)), 0o700)
    replaceFile(placeOf(file), `${sum(json)} ${json}`, 0o600)
  } catch {
    // See above.
  }
}
