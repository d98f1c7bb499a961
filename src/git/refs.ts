import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository } from './repository.ts'
import { git, gitFailure, runGit, saysUnwritable } from './run.ts'

const OBJECT_ID = /^(?:[0-9a-f]{64}|[0-9a-f]{40})(?=\s|$)/

/**
 * The object id that a ref points to; null where there is none, or where its file is torn: what is packed may be older,
 * and git does not take that for it either. Reads files, and asks git only of other ref formats.
 */
export async function readRef(repository: Repository, ref: string): Promise<string | null> {
  // Loose first; if git packs the ref in between, the second look at the loose file is the newer one.
  const loose = repository.refsAreFiles ? looseRef(repository, ref) : 'symbolic'
  if (loose === 'symbolic') {
    const args = ['rev-parse', '--verify', '--quiet', ref]
    const result = await runGit(args, repository.git)
    return result.status === 0 ? result.stdout.toString('utf8').trim() : null
  }
  const found = loose ?? packedRef(repository, ref) ?? looseRef(repository, ref)
  return found === 'torn' ? null : found
}

/** Whether the ref's own file holds something else than an object id, as a power cut may leave it. */
export const isTornRef = (repository: Repository, ref: string): boolean =>
  repository.refsAreFiles && looseRef(repository, ref) === 'torn'

function looseRef(repository: Repository, ref: string): string | 'torn' | 'symbolic' | null {
  try {
    const content = readFileSync(join(repository.commonDir, ref), 'latin1')
    return OBJECT_ID.exec(content)?.[0] ?? (content.startsWith('ref:') ? 'symbolic' : 'torn')
  } catch {
    return null
  }
}

/** The object id that `git pack-refs` has put down for a ref, or null. */
export function packedRef(repository: Repository, ref: string): string | null {
  try {
    const packed = readFileSync(join(repository.commonDir, 'packed-refs'))
    const at = packed.indexOf(` ${ref}\n`)
    if (at < 0) return null
    const start = packed.lastIndexOf(10, at) + 1
    return OBJECT_ID.exec(packed.toString('latin1', start, at))?.[0] ?? null
  } catch {
    return null
  }
}

/**
 * Moves a ref from one object id to another, or creates it (`from` null) or deletes it (`to` null).
 * @returns false when the ref was not at `from`. Errors: GIT_FAILED, STORE_UNWRITABLE.
 */
export async function moveRef(
  repository: Repository,
  ref: string,
  to: string | null,
  from: string | null,
): Promise<boolean> {
  const line =
    to === null
      ? `delete ${ref}${from ? ` ${from}` : ''}\n`
      : from
        ? `update ${ref} ${to} ${from}\n`
        : `create ${ref} ${to}\n`
  const args = ['-c', 'core.fsync=all', 'update-ref', '--stdin']
  const result = await runGit(args, { ...repository.git, input: line })
  if (result.status === 0) return true
  const isElsewhere =
    /cannot lock ref|reference already exists|but expected|unable to resolve reference/i.test(result.stderr)
  if (isElsewhere && !saysUnwritable(result.stderr)) return false
  throw gitFailure(args, result)
}

/** Whether the one commit is the other or an ancestor of it. False also where a commit is missing. */
export async function isAncestor(repository: Repository, older: string, newer: string): Promise<boolean> {
  if (older === newer) return true
  const result = await runGit(['merge-base', '--is-ancestor', older, newer], repository.git)
  return result.status === 0
}

/** The value of a configuration variable, or null. */
export async function readConfig(repository: Repository, name: string): Promise<string | null> {
  const result = await runGit(['config', '--get', name], repository.git)
  return result.status === 0 ? result.stdout.toString('utf8').replace(/\n$/, '') : null
}

/** Whether a configuration variable says yes, in any of the words that git takes for it. */
export async function readSwitch(repository: Repository, name: string): Promise<boolean> {
  const result = await runGit(['config', '--type=bool', '--get', name], repository.git)
  return result.stdout.toString('utf8').trim() === 'true'
}

/** Names of the repository's remotes. */
export async function remotes(repository: Repository): Promise<string[]> {
  return (await git(['remote'], repository.git)).split('\n').filter(Boolean)
}
