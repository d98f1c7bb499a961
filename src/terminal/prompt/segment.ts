import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { directoriesAround, type GitDirectories } from '../../git/repository.ts'
import { openSnapshot } from '../../snapshot/snapshot.ts'
import { loadIndex } from '../../store/index-file.ts'

/** What a shell's prompt can say of the task that is worked on here. */
export interface Segment {
  readonly number: number
  readonly title: string
  readonly status: string
  readonly branch: string
  /** How many acceptance criteria are met, and of how many; empty where it has none. */
  readonly criteria: string
}

export const FIELDS = ['number', 'title', 'status', 'branch', 'criteria'] as const

/** What is printed where nothing else is asked for. */
export const DEFAULT_FORMAT = '#{number} {status} {criteria}'

/** The task that git's configuration has for a branch, by the text of the file alone; null where it has none. */
export function taskOfBranch(config: string, branch: string): string | null {
  let task: string | null = null
  let isInside = false
  for (const line of config.split('\n')) {
    if (/^\s*\[/.test(line)) {
      const name = /^\s*\[\s*branch\s+"((?:[^"\\]|\\.)*)"\s*\]/i.exec(line)?.[1]
      isInside = name?.replace(/\\(.)/g, '$1') === branch
    }
    if (isInside) task = /^(?:\s*\[.*\])?\s*mtosTask\s*=\s*"?(\w+)/i.exec(line)?.[1] ?? task
  }
  return task
}

function branchOf({ gitDir }: GitDirectories): string | null {
  return /^ref: refs\/heads\/(.*)$/m.exec(readFileSync(join(gitDir, 'HEAD'), 'utf8'))?.[1] ?? null
}

/**
 * The task of the branch that is checked out around a directory, as this repository's index has it. git is not asked, and
 * nothing is read that is not needed: a prompt is printed after every command. null where there is none.
 * Errors: of the file system; CorruptIndex.
 */
export function segmentAround(cwd: string): Segment | null {
  const directories = directoriesAround(cwd)
  const branch = directories && branchOf(directories)
  if (!branch) return null
  const task = taskOfBranch(readFileSync(join(directories.commonDir, 'config'), 'utf8'), branch)
  const index = task && loadIndex(join(directories.commonDir, 'mtos'))
  if (!index) return null
  const snapshot = openSnapshot(index)
  const slot = snapshot.slotOfId(task)
  if (slot === undefined) return null
  const { criteria } = JSON.parse(snapshot.json(slot).toString('utf8')) as { criteria: { met: boolean }[] }
  const met = criteria.filter((criterion) => criterion.met).length
  return {
    number: snapshot.number(slot),
    title: snapshot.head(slot).title,
    status: snapshot.status(slot).replace('_', ' '),
    branch,
    criteria: criteria.length > 0 ? `${met}/${criteria.length}` : '',
  }
}
