import { statSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError, shellWord } from './errors.ts'
import { TRACKERS, type Tracker } from './exchange/trackers/tracker-task.ts'
import { findRepository } from './git/repository.ts'
import { git } from './git/run.ts'
import { filesBelow, LARGEST, readBacklogFiles, readOneFile } from './tracker-files.ts'

/** A tracker whose tasks are in a directory. */
export interface FoundTracker {
  readonly tracker: Tracker
  /** What to import, below the directory; where `step` is said, what that will write. */
  readonly path: string
  /** How many tasks it has; null where the file cannot be read, or is not there yet. */
  readonly count: number | null
  /** The command that makes the file first, where the tracker keeps its tasks in a form of its own. */
  readonly step: string | null
}

/** Names that people give to what they export; other files of a project are not looked into. */
const EXPORT_NAMES =
  /^(?:.*[-_.])?(?:issues?|tasks?|bugs?|tickets?|jira|gitlab|github|taskwarrior|beads)(?:[-_.].*)?\.(?:json|jsonl|csv)$/i
const BEADS_FILES = ['issues.jsonl', 'beads.jsonl']
const TASK_MASTER_FILES = ['.taskmaster/tasks/tasks.json', 'tasks/tasks.json']

/**
 * The trackers that a directory holds tasks of, by where their tools keep these, and by what files hold that are named as
 * exports are. Nothing is run but git, which is asked for the bugs of git-bug.
 */
export async function findTrackers(directory: string): Promise<FoundTracker[]> {
  const { trackerOf, readTracker } = await import('./exchange/read-tracker.ts')
  const found: FoundTracker[] = []
  const add = async (tracker: Tracker, path: string, files: Parameters<typeof readTracker>[1]) => {
    const { records, faults } = await readTracker(tracker, files)
    found.push({ tracker, path, count: faults.length > 0 ? null : records.length, step: null })
  }
  const one = (path: string) => [readOneFile(join(directory, path))]
  const beads = BEADS_FILES.map((name) => `.beads/${name}`).find((path) => isFile(join(directory, path)))
  if (beads) await add('beads', beads, one(beads))
  else if (isDirectory(join(directory, '.beads'))) {
    const step = 'bd export -o .beads/issues.jsonl'
    found.push({ tracker: 'beads', path: '.beads/issues.jsonl', count: null, step })
  }
  for (const path of ['backlog', '.backlog']) {
    const files = readBacklogFiles(join(directory, path))
    if (
      files.some((file) =>
        /^---\n/.test(Buffer.from(file.bytes.subarray(0, 8)).toString('utf8').replace(/\r/g, '')),
      )
    )
      await add('backlog', path, files)
  }
  for (const path of TASK_MASTER_FILES.filter((path) => isFile(join(directory, path)))) {
    const files = one(path)
    if (trackerOf(files[0]!) === 'task-master') await add('task-master', path, files)
  }
  for (const name of filesBelow(directory, 0).filter((name) => EXPORT_NAMES.test(name))) {
    if (statSync(join(directory, name)).size > LARGEST) continue
    const files = one(name)
    const tracker = trackerOf(files[0]!)
    if (tracker) await add(tracker, name, files)
  }
  if (!found.some(({ tracker }) => tracker === 'git-bug') && (await hasBugs(directory))) {
    const step =
      'for id in $(git bug bug --format id); do git bug bug show --format json "$id"; done > bugs.json'
    found.push({ tracker: 'git-bug', path: 'bugs.json', count: null, step })
  }
  return found.sort((a, b) => TRACKERS.indexOf(a.tracker) - TRACKERS.indexOf(b.tracker))
}

/** The command that imports what was found, with the one before it where the file has to be made first. */
export const importSteps = ({ tracker, path, step }: FoundTracker): string[] => [
  ...(step ? [step] : []),
  `mhv task import ${shellWord(path)} --from ${tracker}`,
]

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

async function hasBugs(directory: string): Promise<boolean> {
  try {
    const repository = await findRepository(directory)
    return (
      (await git(['for-each-ref', '--count=1', '--format=%(refname)', 'refs/bugs/'], repository.git)) !== ''
    )
  } catch (error) {
    // Where there is no repository there are no bugs in it.
    if (error instanceof MhvError) return false
    throw error
  }
}
