import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { xdgDirectory } from '../home-directory.ts'

const namesOf = (stem: string, endings: readonly string[]) => endings.map((ending) => `${stem}.${ending}`)
const ENDINGS = ['json', 'yaml', 'yml', 'js', 'cjs', 'mjs']

/** Names in a repository's top directory, in the order in which they are looked for. */
export const REPOSITORY_PLACES = [
  'package.json',
  '.mhvrc',
  ...namesOf('.mhvrc', ENDINGS),
  ...namesOf('mhv.config', ENDINGS),
]

/** Names in the user's own directory, in the order in which they are looked for. */
export const USER_PLACES = namesOf('config', ['yaml', 'yml', 'json'])

/** The directory of the user's own configuration. */
export const userConfigDirectory = (): string => xdgDirectory('XDG_CONFIG_HOME', '.config')

/** Whether a package.json may hold our configuration; one that cannot be read holds none. */
function speaksOfUs(path: string): boolean {
  try {
    return statSync(path).isFile() && readFileSync(path).includes('"mhv"')
  } catch {
    return false
  }
}

/** Names of the files in a top directory that configure something, of which only the first is read. */
export function configFiles(top: string): string[] {
  return REPOSITORY_PLACES.filter((name) => {
    if (!existsSync(join(top, name))) return false
    if (name !== 'package.json') return true
    try {
      return Object.hasOwn(JSON.parse(readFileSync(join(top, name), 'utf8')), 'mhv')
    } catch {
      return false
    }
  })
}

/** Whether there is a directory that may not be looked into, which is to be told as well. */
function isClosed(directory: string): boolean {
  if (!existsSync(directory)) return false
  try {
    accessSync(directory, constants.R_OK | constants.X_OK)
    return false
  } catch {
    return true
  }
}

/**
 * Whether anything may be configured in a worktree, so that commands need not load what reads configuration to learn
 * that there is none. True too often is allowed (a package.json that only speaks of mhv), never false.
 * @param top the worktree's top directory; null where there is none
 */
export function hasConfig(top: string | null): boolean {
  const own = userConfigDirectory()
  if (USER_PLACES.some((name) => existsSync(join(own, name))) || isClosed(own)) return true
  if (top === null || !existsSync(top)) return false
  // Links that lead nowhere count: where somebody meant to configure something, that it cannot be read is to be told.
  const names = new Set(readdirSync(top))
  return REPOSITORY_PLACES.some(
    (name) => names.has(name) && (name !== 'package.json' || speaksOfUs(join(top, name))),
  )
}
