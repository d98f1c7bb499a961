import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository } from './repository.ts'
import { runGit } from './run.ts'

/** Whether this is a partial clone, whose remote has promised what is missing here. */
export function isPartialClone(repository: Repository): boolean {
  try {
    const config = readFileSync(join(repository.commonDir, 'config'), 'utf8')
    return /^\s*(?:promisor|partialclone(?:filter)?)\s*=/im.test(config)
  } catch {
    return false
  }
}

/** Remotes that have promised what a partial clone leaves out. */
async function promisors(repository: Repository): Promise<string[]> {
  const args = ['config', '-z', '--type=bool', '--get-regexp', '^remote\\..*\\.promisor$']
  const said = (await runGit(args, repository.git)).stdout.toString('utf8')
  return said.split('\0').flatMap((line) => /^remote\.(.*)\.promisor\ntrue$/s.exec(line)?.[1] ?? [])
}

async function missingFrom(repository: Repository, from: string): Promise<string[]> {
  const args = ['rev-list', '--objects', '--missing=print', from]
  const result = await runGit(args, repository.git)
  return [...result.stdout.toString('latin1').matchAll(/^\?([0-9a-f]+)$/gm)].map((match) => match[1]!)
}

/**
 * Brings what a partial clone lacks of a commit's files, all with one fetch: git itself would start one for each file
 * that is read, and for each again where the remote cannot be reached.
 * @param reach whether it is the files of the commit alone or of all before it too
 * @returns ids of the objects that could not be had
 */
export async function fetchPromised(
  repository: Repository,
  tip: string,
  reach: 'files' | 'history' = 'files',
): Promise<ReadonlySet<string>> {
  if (!isPartialClone(repository)) return new Set()
  const from = reach === 'history' ? tip : `${tip}^{tree}`
  let missing = await missingFrom(repository, from)
  for (const remote of missing.length > 0 ? await promisors(repository) : []) {
    const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--no-auto-gc']
    const args = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', ...quiet, '--filter=blob:none', '--stdin']
    await runGit([...args, remote], { ...repository.git, input: `${missing.join('\n')}\n` })
    missing = await missingFrom(repository, from)
    if (missing.length === 0) break
  }
  return new Set(missing)
}
