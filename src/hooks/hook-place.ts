import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { shellWord } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { type GitPlace, runGit } from '../git/run.ts'
import { HANDLED } from './hook-names.ts'
import { isShim, KEPT } from './shim.ts'

/** Where git looks for hooks unless core.hooksPath says otherwise. */
export const usualDirectory = ({ commonDir }: Repository) => join(commonDir, 'hooks')

const OWN_NAME = 'mtos-hooks'

/** Our own directory: what was done at installation, and the hooks where the usual place is not ours to write to. */
export const ownDirectory = ({ commonDir }: Repository) => join(commonDir, OWN_NAME)

/** The text of a hook that is a file of ours; null for any other, and where there is none. */
export function shimAt(path: string): string | null {
  try {
    if (!lstatSync(path).isFile()) return null
    const text = readFileSync(path, 'utf8')
    return isShim(text) ? text : null
  } catch {
    return null
  }
}

export const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

export const namesIn = (directory: string): string[] => {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** core.hooksPath as git takes it here, `~` resolved; null where it is not set. */
export async function hooksPath(repository: Repository): Promise<string | null> {
  const result = await runGit(['config', '--type=path', '--get', 'core.hooksPath'], repository.git)
  return result.status === 0 ? result.stdout.toString('utf8').replace(/\n$/, '') : null
}

/**
 * The command that takes out what a worktree's own configuration has as core.hooksPath, which no installation gets the
 * better of; null where there is none.
 */
export async function ownPathStep(place: GitPlace): Promise<string | null> {
  const result = await runGit(['config', '--show-scope', '--get', 'core.hooksPath'], place)
  if (!result.stdout.toString('utf8').startsWith('worktree\t')) return null
  return `git -C ${shellWord(place.cwd)} config --worktree --unset-all core.hooksPath`
}

/** Whether core.hooksPath names our own directory. */
export const isOwn = (repository: Repository, path: string) =>
  resolve(repository.mainDirectory, path) === ownDirectory(repository)

/** Whether a core.hooksPath was set by us, here or where this repository was before it was moved or copied. */
export const isOfOurs = (path: string) => basename(path) === OWN_NAME

/** How scripts of the usual languages come by their own name, or by a library that may. */
const OWN_NAME_ASKED =
  /\$\{?0(?![0-9])|BASH_SOURCE|ARGV0|ARGZERO|PROGRAM_NAME|FindBin|\bargv\b|__file|co_filename|cmdline|import\.meta|(?:^|[;&|({]|\bthen\b|\belse\b|\bdo\b)[ \t]*(?:\.|source)[ \t]+\S/im

/** What runs scripts, and gives them their name in one of these ways only. */
const KNOWN_INTERPRETER = /^#!.*[/ ](?:(?:ba|da|k|z)?sh|python[\d.]*|node|ruby|perl|php)\b/

/** The directory is the same beside ours; a library that is read from there may ask for the name itself. */
const DIRECTORY_ASKED = /dirname[ \t]+(?:--[ \t]+)?["']?\$\{?0\}?["']?|\$\{0%\/\*\}/g

/**
 * Whether a hook may look at its own name, to know which one it is: under another name it would take itself for none. A
 * program that is no script may.
 */
export function asksItsName(text: string): boolean {
  return !KNOWN_INTERPRETER.test(text) || OWN_NAME_ASKED.test(text.replace(DIRECTORY_ASKED, ''))
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}

/**
 * Whether an earlier hook can be put beside ours under another name. Not where the directory is a link to one that may
 * be tracked or shared, nor where a hook needs its name.
 */
export function canStandAside(repository: Repository): boolean {
  const directory = usualDirectory(repository)
  const stat = lstatSync(directory, { throwIfNoEntry: false })
  if (stat && !stat.isDirectory()) return false
  return !HANDLED.some((name) => {
    const path = join(directory, name)
    // Also one that stands aside already, and may have been written into since.
    const text = textOf(shimAt(path) === null ? path : `${path}${KEPT}`)
    return text !== null && asksItsName(text)
  })
}
