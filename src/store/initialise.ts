import { MhvError, shellWord } from '../errors.ts'
import { commitFiles } from '../git/fast-import.ts'
import { isAncestor, isTornRef, moveRef, readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { trackingRef } from './fetched-log-refs.ts'
import { storeDirectory, TASKS_REF } from './git-store.ts'
import { writeHighWater } from './high-water.ts'
import { lastSeen } from './index-file.ts'
import { lockLog } from './lock-log.ts'
import { fetchedBranch } from './log-elsewhere.ts'
import { absentLog } from './log-errors.ts'
import { readFormat } from './read-settings.ts'
import { ROOT } from './task-store.ts'

/** The `*` matters: without it plain `git fetch` fails on a remote that has no tasks yet. */
export const fetchRefspec = (remote: string) => `+refs/mtos/tasks*:refs/mtos/remotes/${remote}/tasks*`

export interface Initialised {
  /** How the log came to be: begun here, taken over from a remote's, or there before. */
  readonly log: 'begun' | 'adopted' | 'there'
  readonly tip: string
  /** Remotes that `git fetch` now brings tasks from, and was not told to before. */
  readonly configured: readonly string[]
  /** Remotes without a refspec, which stay as they are: `git fetch` brings no tasks from them. */
  readonly unlisted: readonly string[]
  /** Remotes of which this is a mirror: `git fetch` puts their log in the place of the one that is here. */
  readonly mirrored: readonly string[]
  /** Remotes whose fetched log has changes that the local one lacks and cannot simply take over. */
  readonly diverged: readonly string[]
}

/**
 * A remote without a refspec is fetched as git sees fit, its HEAD for a pull: one of ours would be all that is fetched.
 * A mirror's brings the log itself, over the one that is here.
 */
export async function configureFetch(
  repository: Repository,
  remote: string,
): Promise<'configured' | 'there' | 'unlisted' | 'mirrored'> {
  const name = `remote.${remote}.fetch`
  const said = await runGit(['config', '--get-all', name], repository.git)
  const refspecs = said.stdout.toString('utf8').split('\n').filter(Boolean)
  if (refspecs.includes(fetchRefspec(remote))) return 'there'
  if (refspecs.length === 0) return 'unlisted'
  if (refspecs.some((refspec) => refspec.endsWith(':refs/*'))) return 'mirrored'
  await git(['config', '--add', name, fetchRefspec(remote)], repository.git)
  return 'configured'
}

/** Creates the first commit of the log: the same bytes, and so the same id, in every repository. */
async function beginLog(repository: Repository): Promise<string> {
  const lock = await lockLog(repository, storeDirectory(repository))
  try {
    const result = await commitFiles(repository, {
      ref: TASKS_REF,
      parents: [],
      identity: ROOT.identity,
      time: ROOT.time,
      message: ROOT.message,
      files: new Map([[ROOT.file, ROOT.content]]),
      onSpawn: (pid) => lock.setGit(pid),
    })
    if (result !== 'moved') return result.commit
    // Somebody else began it at the same time: with the same commit.
    const tip = await readRef(repository, TASKS_REF)
    if (tip) return tip
    throw new MhvError('CONTENTION', 'Something keeps git from making the ref of the task log.', {
      recovery: ['mhv doctor --fix', 'mhv init'],
    })
  } finally {
    lock.release()
  }
}

async function hasTasks(repository: Repository, tip: string): Promise<boolean> {
  return (await git(['ls-tree', '--name-only', tip, 'tasks/'], repository.git)) !== ''
}

/** A log that is gone has to be looked for: beginning another one would give its numbers out again. */
function requireNeverSeen(repository: Repository): void {
  const directory = storeDirectory(repository)
  const seen = lastSeen(directory)
  const torn = isTornRef(repository, TASKS_REF)
  if (seen || torn) throw absentLog(seen, torn)
}

/** Errors: NOT_A_LOG for what a remote keeps where its log should be: that is to be looked at there. */
async function requireRemoteLog(repository: Repository, remote: string, tip: string): Promise<void> {
  try {
    await readFormat(repository, tip)
  } catch (error) {
    if (!(error instanceof MhvError) || error.error !== 'NOT_A_LOG') throw error
    const message = `What was fetched from ${remote} as its task log cannot be taken over: ${error.message} Nothing was begun.`
    const recovery = [`git show --stat ${tip}`, `git ls-remote ${shellWord(remote)}`]
    throw new MhvError('NOT_A_LOG', message, { recovery, data: { ...error.data, remote }, cause: error })
  }
}

/**
 * Makes a repository keep tasks; doing it again changes nothing. Touches the task log's ref and the fetch refspecs of
 * the remotes, nothing else. Errors: LOG_REWOUND where there was a log, those of
 * readFormat where there is none that can be read; STORE_UNWRITABLE, GIT_FAILED.
 */
export async function initialise(repository: Repository): Promise<Initialised> {
  const before = await readRef(repository, TASKS_REF)
  if (before) await readFormat(repository, before)
  else requireNeverSeen(repository)
  const names = await remotes(repository)
  const fetched = new Map<string, string>()
  for (const name of names) fetched.set(name, await configureFetch(repository, name))
  const which = (how: string) => names.filter((name) => fetched.get(name) === how)
  const remotesNow = {
    configured: which('configured'),
    unlisted: which('unlisted'),
    mirrored: which('mirrored'),
  }
  let tip = before
  let adopted = false
  const diverged: string[] = []
  for (const name of names) {
    const theirs =
      (await readRef(repository, trackingRef(name))) ?? (tip ? null : await fetchedBranch(repository, name))
    if (!theirs || theirs === tip || (tip && (await isAncestor(repository, theirs, tip)))) continue
    const follows = tip === null || (await isAncestor(repository, tip, theirs))
    if (!follows && (await hasTasks(repository, tip!))) {
      diverged.push(name)
      continue
    }
    await requireRemoteLog(repository, name, theirs)
    if (!(await moveRef(repository, TASKS_REF, theirs, tip))) continue
    // In a shallow clone nothing shows that a log follows the empty one that it replaces.
    if (!follows) writeHighWater(storeDirectory(repository), theirs)
    tip = theirs
    adopted = true
  }
  if (!tip) return { log: 'begun', tip: await beginLog(repository), ...remotesNow, diverged }
  return { log: adopted ? 'adopted' : 'there', tip, ...remotesNow, diverged }
}

/** Takes back what `initialise` configured. The log itself stays. Returns the remotes that were changed. */
export async function unconfigure(repository: Repository): Promise<string[]> {
  const changed: string[] = []
  for (const name of await remotes(repository)) {
    const args = ['config', '--fixed-value', '--unset-all', `remote.${name}.fetch`, fetchRefspec(name)]
    if ((await runGit(args, repository.git)).status === 0) changed.push(name)
  }
  return changed
}
