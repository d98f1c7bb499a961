import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { cacheDirectory } from '../../config/cache-directory.ts'
import { REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from '../../config/has-config.ts'
import { makeDirectory } from '../../make-directory.ts'
import { replaceFile } from '../../replace-file.ts'
import { checksum } from '../../snapshot/checksum.ts'
import type { Word } from './command-table.ts'

/** What a file of configuration names that stands on command lines. */
export interface ConfiguredNames {
  /** Command lines by the words that stand for them. */
  readonly aliases: Readonly<Record<string, string>>
  /** Gates with their commands; null where it says nothing of them. */
  readonly gates: readonly Word[] | null
  /** Themes of one's own. */
  readonly themes: readonly string[]
}

/** A file that has changed since its names were read: what parses it is too large to be loaded at every Tab. */
export class Unread extends Error {
  readonly path: string
  readonly text: string

  constructor(path: string, text: string) {
    super(`${path} was not read yet`)
    this.path = path
    this.text = text
  }
}

const SCHEMA = 2
const sum = (text: string) => (checksum(Buffer.from(text)) >>> 0).toString(16).padStart(8, '0')
/** The text itself may hold a secret, which is to have no second place. */
const keyOf = (path: string, text: string) => `${SCHEMA} ${path} ${text.length} ${sum(text)}`
const placeOf = (path: string) => join(cacheDirectory(), 'names', `${sum(path)}.json`)

/** What was read by this process: where nothing can be kept, it is still known. */
const readNow = new Map<string, ConfiguredNames | null>()

/** Keeps the names of a file until it changes; null where it says nothing of mhv. Never throws. */
export function keepNames({ path, text }: Unread, names: ConfiguredNames | null): void {
  readNow.set(path, names)
  try {
    makeDirectory(dirname(placeOf(path)), 0o700)
    replaceFile(placeOf(path), JSON.stringify({ key: keyOf(path, text), names }), 0o600)
  } catch {
    // It is read again the next time.
  }
}

/** Errors: Unread; of the file system. */
function namesIn(path: string): ConfiguredNames | null {
  const known = readNow.get(path)
  if (known !== undefined) return known
  const text = readFileSync(path, 'utf8')
  if (basename(path) === 'package.json' && !text.includes('"mhv"')) return null
  try {
    const { key, names } = JSON.parse(readFileSync(placeOf(path), 'utf8')) as Record<string, unknown>
    if (key === keyOf(path, text)) return names as ConfiguredNames | null
  } catch {
    // As good as not there.
  }
  throw new Unread(path, text)
}

/** The names in the first file of a directory that says anything; null where none does, or where it is a program. */
function namesAt(directory: string, places: readonly string[]): ConfiguredNames | null {
  const there = new Set(existsSync(directory) ? readdirSync(directory) : [])
  for (const name of places) {
    if (!there.has(name)) continue
    if (/\.[cm]?js$/.test(name)) return null
    const names = namesIn(join(directory, name))
    if (names) return names
  }
  return null
}

/** The user's own names. Errors: Unread; of the file system. */
const ownNames = () => namesAt(userConfigDirectory(), USER_PLACES)

/** Words of the user's own, with the command lines that they stand for. Errors: Unread; of the file system. */
export const aliasesKnown = (): ConfiguredNames['aliases'] => ownNames()?.aliases ?? {}

/** Names of the user's own themes. Errors: Unread; of the file system. */
export const themesKnown = (): ConfiguredNames['themes'] => ownNames()?.themes ?? []

/** Top of the worktree around a directory; null outside of any. */
function topAround(directory: string): string | null {
  if (existsSync(join(directory, '.git'))) return directory
  return dirname(directory) === directory ? null : topAround(dirname(directory))
}

/** Gates that hold around a directory, with their commands. Errors: Unread; of the file system. */
export function gatesAround(directory: string): readonly Word[] {
  const top = topAround(directory)
  return (top && namesAt(top, REPOSITORY_PLACES)?.gates) || (ownNames()?.gates ?? [])
}
