import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { isComplete, readObjects } from '../git/objects.ts'
import { isPartialClone } from '../git/promised.ts'
import { readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { trackingRef } from '../store/fetched-log-refs.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { readFormat } from '../store/read-settings.ts'
import { readTaskFile } from '../store/task-file.ts'
import { keyOfNode } from '../store/task-path.ts'
import { FORMAT, formatOf, ROOT } from '../store/task-store.ts'
import { type Finding, mendable, reported } from './finding.ts'
import type { FileChange } from './read-changes.ts'

/** Commits that had another version of a file than the ones before them, newest first. */
async function versionsOf(repository: Repository, tip: string, path: string): Promise<string[]> {
  const args = ['log', '--full-history', '--format=%H', tip, '--', `:/${path}`]
  return (await runGit(args, repository.git)).stdout.toString('latin1').split('\n').filter(Boolean)
}

/**
 * The last commit in whose tree a task's file could be read, if it holds every event that the damaged text still names:
 * what is written from it then loses nothing. Otherwise null.
 */
export async function lastReadable(
  repository: Repository,
  tip: string,
  path: string,
  id: string,
  damaged: string,
): Promise<string | null> {
  const named = [...damaged.matchAll(/^ {2}- id: ([0-9A-Z]{26})$/gm)].map((match) => match[1])
  for (const commit of await versionsOf(repository, tip, path)) {
    const [content] = await readObjects(repository, [`${commit}:${path}`])
    const read = content && (await readTaskFile(id, content.toString('utf8')))
    if (!read || 'unreadable' in read) continue
    const held = new Set(read.log.events.map((event) => event.id))
    return read.writable && named.every((event) => held.has(event!)) ? commit : null
  }
  return null
}

/** The text of mtos.yaml when it last named a format, or null. */
async function lastSettings(repository: Repository, tip: string): Promise<string | null> {
  for (const commit of await versionsOf(repository, tip, ROOT.file)) {
    const [content] = await readObjects(repository, [`${commit}:${ROOT.file}`])
    const text = content?.toString('utf8')
    if (text !== undefined && formatOf(text) !== null) return text
  }
  return null
}

async function foreignFinding(repository: Repository, tip: string, why: string): Promise<Finding> {
  const text = await lastSettings(repository, tip)
  if (text !== null) {
    const message = `${why} --fix writes ${ROOT.file} again as it was.`
    return mendable('NOT_A_LOG', 'error', message, { kind: 'restore-settings', tip, text })
  }
  const message = `${why} The step moves it out of the way, under refs/mtos/trash.`
  const step = `git update-ref refs/mtos/trash/tasks-${tip.slice(0, 12)} ${tip} && git update-ref -d ${TASKS_REF} ${tip}`
  return reported('NOT_A_LOG', 'error', message, step)
}

/**
 * Where mtos.yaml is in the tree and cannot be read: what it began with is known, and most logs have nothing else. git
 * does not write over an object that is damaged, so that has to go first. Other objects have findings of their own.
 */
async function settingsFindings(repository: Repository, tip: string): Promise<Finding[]> {
  const named = await runGit(['rev-parse', '--verify', '--quiet', `${tip}:${ROOT.file}`], repository.git)
  if (named.status !== 0 || isPartialClone(repository)) return []
  const id = named.stdout.toString('latin1').trim()
  const message = `${ROOT.file}, without which the log is not read, is missing or damaged as the object ${id}.`
  const known = await git(['hash-object', '--stdin'], { ...repository.git, input: ROOT.content })
  const fetched = await refetch(repository)
  const damaged = shellWord(join(repository.commonDir, 'objects', id.slice(0, 2), id.slice(2)))
  const again = `rm -f ${damaged} && printf '${ROOT.content.trim()}\\n' | git hash-object -w --stdin`
  return [reported('OBJECT_MISSING', 'error', message, id === known ? again : (fetched ?? 'git fsck --full'))]
}

/** What the log says of itself. */
export async function formatFindings(repository: Repository, tip: string): Promise<Finding[]> {
  try {
    const format = await readFormat(repository, tip)
    if (format <= FORMAT) return []
    const message = `The task log is of format ${format}; this version reads it and writes only ${FORMAT}.`
    return [reported('NEWER_FORMAT', 'warning', message, 'mhv version')]
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    if (error.error === 'NOT_A_LOG') return [await foreignFinding(repository, tip, error.message)]
    if (error.error === 'OBJECT_MISSING') return settingsFindings(repository, tip)
    throw error
  }
}

/** The command that fetches the whole log again from a remote that had it, or null. */
export async function refetch(repository: Repository): Promise<string | null> {
  for (const remote of await remotes(repository)) {
    if (!(await readRef(repository, trackingRef(remote)))) continue
    const refspec = `+refs/mtos/tasks*:refs/mtos/remotes/${remote}/tasks*`
    return `git fetch --refetch ${shellWord(remote)} ${shellWord(refspec)}`
  }
  return null
}

/** Commits that are looked at for one whose files are all here. */
const REACH = 200

/** The command that goes on from the newest commit whose files are all here, or null. */
async function goOn(repository: Repository, tip: string): Promise<string | null> {
  const args = ['rev-list', `--max-count=${REACH}`, tip]
  const commits = (await runGit(args, repository.git)).stdout.toString('latin1').split('\n').filter(Boolean)
  for (const commit of commits) {
    if (!(await isComplete(repository, `${commit}^{tree}`, null))) continue
    const made = `git commit-tree -p ${tip} -m 'Go on from ${commit.slice(0, 12)}' '${commit}^{tree}'`
    return `git update-ref ${TASKS_REF} "$(${made})" ${tip}`
  }
  return null
}

/**
 * Whether everything that the log reaches is in the object database; a partial clone's promises count.
 * @param isListed whether all files of the tip could be found
 */
export async function objectFindings(
  repository: Repository,
  tip: string,
  isListed: boolean,
): Promise<Finding[]> {
  const args = ['rev-list', '--objects', '--quiet', '--missing=allow-promisor', tip]
  const result = await runGit(args, repository.git)
  if (result.status === 0) return []
  const said = result.stderr.trim().split('\n').at(-1) ?? ''
  const message = `The history of the log is not complete: ${said}`
  const fetched = await refetch(repository)
  if (fetched) return [reported('OBJECT_MISSING', 'error', message, fetched)]
  if (isListed && (await isComplete(repository, `${tip}^{tree}`, null))) {
    return [reported('OBJECT_MISSING', 'warning', `${message}; all that counts now is here.`, 'git fsck')]
  }
  const step = isListed ? null : await goOn(repository, tip)
  if (!step) return [reported('OBJECT_MISSING', 'error', message, 'git fsck --full')]
  const lost = `${message}. No remote has been fetched from that may have it; the step goes on from the newest commit whose files are all here, without the changes since.`
  return [reported('OBJECT_MISSING', 'error', lost, step)]
}

/** What a partial clone lacks while its remote cannot be reached. */
export function promisedFindings(repository: Repository, absent: number): Finding[] {
  if (absent === 0 || !isPartialClone(repository)) return []
  const message = `${absent} files of tasks have not been fetched into this partial clone, and its remote cannot be reached.`
  return [reported('OBJECT_MISSING', 'error', message, 'git fetch')]
}

/**
 * Tasks whose files were in the log once and have been taken out of it by somebody: no command of ours does.
 * @param present paths of the files that there are
 */
export async function goneFindings(
  repository: Repository,
  tip: string,
  changes: readonly FileChange[],
  present: { has(path: string): boolean },
): Promise<Finding[]> {
  const found: Finding[] = []
  const gone = changes.filter(({ path, now }) => now === null && !present.has(path))
  for (const path of new Set(gone.map((change) => change.path))) {
    const id = keyOfNode(path)!
    const commit = await lastReadable(repository, tip, path, id, '')
    const message = `The file of task ${id} was taken out of the log.`
    found.push(
      commit
        ? mendable('TASK_GONE', 'error', `${message} --fix writes it again as it was.`, {
            kind: 'recover',
            id,
            commit,
          })
        : reported('TASK_GONE', 'error', message, `git log --stat ${TASKS_REF} -- ${path}`),
    )
  }
  return found
}
