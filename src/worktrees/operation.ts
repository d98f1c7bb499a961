import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const OBJECT_ID = /^(?:[0-9a-f]{64}|[0-9a-f]{40})$/

/** Files of a worktree's git directory by the operation that they are the traces of. */
const TRACES: readonly (readonly [string, string])[] = [
  ['rebase-merge', 'a rebase'],
  ['rebase-apply/applying', 'git am'],
  ['rebase-apply', 'a rebase'],
  ['MERGE_HEAD', 'a merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['sequencer', 'a cherry-pick or revert of several commits'],
  ['BISECT_LOG', 'a bisection'],
  ['MERGE_AUTOSTASH', 'a merge'],
]

/** The operation that was begun in a worktree and not ended, in words, or null. */
export const operationIn = (admin: string): string | null =>
  TRACES.find(([trace]) => existsSync(join(admin, trace)))?.[1] ?? null

/**
 * The branch that a rebase or bisection has left for the time being, and will come back to; git keeps others from checking
 * it out meanwhile. Null where there is none.
 */
export function branchLeft(admin: string | null): string | null {
  if (admin === null) return null
  for (const name of ['rebase-merge/head-name', 'rebase-apply/head-name', 'BISECT_START']) {
    try {
      const said = readFileSync(join(admin, name), 'utf8').trim()
      if (name === 'BISECT_START' && !OBJECT_ID.test(said)) return said
      if (said.startsWith('refs/heads/')) return said.slice('refs/heads/'.length)
    } catch {
      // No such operation.
    }
  }
  return null
}

/** Places of a worktree's git directory that hold the name of a commit that perhaps nothing else holds. */
const HOLDERS = [
  'HEAD',
  'ORIG_HEAD',
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'BISECT_HEAD',
  'REBASE_HEAD',
  'MERGE_AUTOSTASH',
  'rebase-merge/autostash',
  'rebase-merge/orig-head',
  'rebase-apply/autostash',
  'rebase-apply/orig-head',
]

/** Ids that a worktree's own files name: heads of operations, and everything that its HEAD has ever been at. */
export function idsHeldBy(admin: string): string[] {
  const read = (name: string): string => {
    try {
      return readFileSync(join(admin, name), 'latin1')
    } catch {
      return ''
    }
  }
  const heads = HOLDERS.flatMap((name) => read(name).split('\n'))
  const log = read('logs/HEAD')
    .split('\n')
    .flatMap((line) => line.split(' ', 2))
  const ids = [...heads, ...log].map((line) => line.trim()).filter((line) => OBJECT_ID.test(line))
  return [...new Set(ids)].filter((id) => !/^0+$/.test(id))
}
