import { existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repository } from '../git/repository.ts'

/** What a verdict rests on besides the commit, in terms that a shell can check without starting a process. */
export interface StampFacts {
  /** Files and directories that must not be newer than the stamp, as far as they are there; and none may come or go. */
  readonly paths: readonly string[]
  /** Variables of the environment whose values count, among them always PATH. */
  readonly variables: readonly string[]
  /** The object that the remote's ref was at, and the remote's URL, where it mattered what had changed since. */
  readonly against: string | null
}

const isOneLine = (text: string) => !/[\n\0]/.test(text)

/**
 * The text of a stamp, or null where a line of it could not be told from another: then there is none, and Node decides.
 * The shim knows no other kinds of lines, and takes a stamp that has one for nothing.
 */
export function stampText(
  { paths, variables, against }: StampFacts,
  isThere: (path: string) => boolean,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const lines = [
    'mhv-stamp 1',
    ...[...new Set(paths)].map((path) => `${isThere(path) ? 'path' : 'absent'} ${path}`),
    ...[...new Set(variables)].map((name) => {
      const value = environment[name]
      return value === undefined ? `unset ${name}` : `env ${name} ${value}`
    }),
    `path-variable ${environment.PATH ?? ''}`,
    ...(against === null ? [] : [`against ${against}`]),
    'end',
  ]
  return lines.every(isOneLine) ? `${lines.join('\n')}\n` : null
}

/** Where the shim looks for the stamp of an object that is pushed. */
export const passStamp = ({ commonDir }: Repository, object: string) =>
  join(commonDir, 'mtos', 'gates', 'passed', object)

/** Takes all stamps away: a gate has failed, and which of them rested on the same is more than they tell. */
export const forgetPasses = (repository: Repository): void =>
  rmSync(dirname(passStamp(repository, '-')), { recursive: true, force: true })

/** Says in a worktree's git directory that nothing is configured for pre-commit there. */
export const IDLE_STAMP = 'mtos-no-pre-commit'

/**
 * Writes a stamp whose time is that at which the work began which it vouches for: what changed meanwhile is newer.
 * Without one, all that is lost is time, so what keeps it from being written is no error.
 * @param began milliseconds since 1970
 */
export function writeStamp(path: string, facts: StampFacts, began: number): void {
  const text = stampText(facts, existsSync, process.env)
  const temporary = `${path}.${process.pid}`
  try {
    if (text === null) {
      rmSync(path, { force: true })
      return
    }
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, text)
    utimesSync(temporary, began / 1000, began / 1000)
    renameSync(temporary, path)
  } catch {
    rmSync(temporary, { force: true })
  }
}
