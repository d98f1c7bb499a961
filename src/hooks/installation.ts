import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { ownDirectory } from './hook-place.ts'

/** What an installation changed, so that it can be taken back. */
export interface Installation {
  /** In the usual directory, or in our own with core.hooksPath leading there. */
  readonly place: 'usual' | 'own'
  /** Whether the usual directory was made for our hooks. */
  readonly madeDirectory: boolean
  /** Where git would look for hooks without us, as core.hooksPath named it; null where it was not set. */
  readonly former: string | null
  /** core.hooksPath as this repository's own configuration had it, unexpanded; null where it did not. */
  readonly local: string | null
  /** The bytes of the configuration file before and after, in base 64; null where it was not changed. */
  readonly config: { readonly before: string; readonly after: string } | null
}

const file = (repository: Repository) => join(ownDirectory(repository), 'installed.json')

/** What was installed last, whether it still works or not; null where nothing was, or nobody can tell. */
export function readInstallation(repository: Repository): Installation | null {
  try {
    const found = JSON.parse(readFileSync(file(repository), 'utf8')) as Installation
    return found.place === 'usual' || found.place === 'own' ? found : null
  } catch {
    return null
  }
}

/** Writes a file whole or not at all. */
export function writeWhole(path: string, content: string | Buffer, mode: number): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, content, { mode, flush: true })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

export function writeInstallation(repository: Repository, installation: Installation): void {
  const text = `${JSON.stringify(installation)}\n`
  try {
    if (readFileSync(file(repository), 'utf8') === text) return
  } catch {
    // There is none yet.
  }
  writeWhole(file(repository), text, 0o644)
}
