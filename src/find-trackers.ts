import { join } from 'node:path'
import { MhvError, shellWord } from './errors.ts'
import { couldBeTasks } from './exchange/could-be-tasks.ts'
import { TRACKERS, type Tracker, type TrackerFile } from './exchange/trackers/tracker-task.ts'
import { findRepository } from './git/repository.ts'
import { git } from './git/run.ts'
import { filesIn, LARGEST, readBacklogFiles, readOneFile, statOf } from './tracker-files.ts'

/** Forms of files that people write themselves. */
const OWN_FORMS = ['csv', 'json'] as const
type OwnForm = (typeof OWN_FORMS)[number]

/** Tasks that a directory holds. */
export interface FoundTracker {
  /** Whose they are; the form of a file that is no tracker's. */
  readonly tracker: Tracker | OwnForm
  /** What to import, below the directory; where `step` is said, what that will write. */
  readonly path: string
  /** How many tasks it has; null where the file cannot be read, or is not there yet. */
  readonly count: number | null
  /** The command that makes the file first, where the tracker keeps its tasks in a form of its own. */
  readonly step: string | null
}

/** Tasks of a tracker, and no file of one's own. */
export type OfTracker = FoundTracker & { readonly tracker: Tracker }

export const isOfTracker = (found: FoundTracker): found is OfTracker =>
  (TRACKERS as readonly string[]).includes(found.tracker)

/** Names that people give to what they export: such files are looked into before others. */
const EXPORT_NAMES =
  /^(?:.*[-_.])?(?:issues?|tasks?|bugs?|tickets?|jira|gitlab|github|taskwarrior|beads)(?:[-_.].*)?\.\w+$/i
const LOOKED_INTO = /\.(?:json|jsonl|csv)$/i
/** How many files are looked into, and how many bytes of them in all: a directory may hold any data. */
const [MOST_FILES, MOST_BYTES] = [100, 100_000_000]
const BEADS_FILES = ['issues.jsonl', 'beads.jsonl']
const TASK_MASTER_FILES = ['.taskmaster/tasks/tasks.json', 'tasks/tasks.json']

/**
 * The trackers that a directory holds tasks of, by where their tools keep these and by what its other files hold, and files
 * of one's own with tasks. Nothing is run but git, which is asked for the bugs of git-bug.
 */
export async function findTrackers(directory: string): Promise<FoundTracker[]> {
  const { trackerOf, readTracker } = await import('./exchange/read-tracker.ts')
  const found: FoundTracker[] = []
  const cannotBeRead = (tracker: FoundTracker['tracker'], path: string) =>
    found.push({ tracker, path, count: null, step: null })
  const add = async (tracker: Tracker, path: string, files: readonly TrackerFile[] | null) => {
    if (files === null) return void cannotBeRead(tracker, path)
    const { records, faults } = await readTracker(tracker, files)
    // A list of pull requests is no list of tasks.
    if (records.length === 0 && faults.length === 0) return
    found.push({ tracker, path, count: faults.length > 0 ? null : records.length, step: null })
  }
  const one = (path: string) => ifReadable(() => [readOneFile(join(directory, path))])
  const beads = BEADS_FILES.map((name) => `.beads/${name}`).find((path) => isFile(join(directory, path)))
  if (beads) await add('beads', beads, one(beads))
  else if (ifReadable(() => filesIn(join(directory, '.beads'))) === null) cannotBeRead('beads', '.beads')
  else if (isDirectory(join(directory, '.beads'))) {
    const step = 'bd export -o .beads/issues.jsonl'
    found.push({ tracker: 'beads', path: '.beads/issues.jsonl', count: null, step })
  }
  for (const path of ['backlog', '.backlog']) {
    const files = ifReadable(() => readBacklogFiles(join(directory, path)))
    if (files === null || files.some(hasHead)) await add('backlog', path, files)
  }
  for (const path of TASK_MASTER_FILES.filter((path) => isFile(join(directory, path)))) {
    const files = one(path)
    if (files === null || trackerOf(files[0]!) === 'task-master') await add('task-master', path, files)
  }
  for (const name of filesToLookInto(directory)) {
    // Of a file that cannot be read, its name alone may tell that it has to do with tasks.
    const [file] = one(name) ?? []
    const tracker = file ? trackerOf(file) : null
    if (file && tracker) await add(tracker, name, [file])
    else if (file) {
      const own = await ownTasks({ path: name, bytes: file.bytes })
      if (own) found.push(own)
    } else if (EXPORT_NAMES.test(name)) cannotBeRead(ownForm(name), name)
  }
  if (!found.some(({ tracker }) => tracker === 'git-bug') && (await hasBugs(directory))) {
    const step =
      'for id in $(git bug bug --format id); do git bug bug show --format json "$id"; done > bugs.json'
    found.push({ tracker: 'git-bug', path: 'bugs.json', count: null, step })
  }
  const order: readonly FoundTracker['tracker'][] = [...TRACKERS, ...OWN_FORMS]
  return found.sort((a, b) => order.indexOf(a.tracker) - order.indexOf(b.tracker))
}

/** The files of a directory that may hold tasks, those first that are named so, within bounds. */
function filesToLookInto(directory: string): string[] {
  const names = (ifReadable(() => filesIn(directory)) ?? []).filter((name) => LOOKED_INTO.test(name))
  const named = names.filter((name) => EXPORT_NAMES.test(name))
  let bytes = 0
  return [...named, ...names.filter((name) => !EXPORT_NAMES.test(name))]
    .slice(0, MOST_FILES)
    .filter((name) => {
      const size = statOf(join(directory, name))?.size ?? 0
      if (size > LARGEST || bytes + size > MOST_BYTES) return false
      bytes += size
      return true
    })
}

/** A file that no tracker wrote, where it may hold tasks. */
async function ownTasks({ path, bytes }: TrackerFile): Promise<FoundTracker | null> {
  const { readOwnRecords } = await import('./import-tasks.ts')
  const { records, faults } = await readOwnRecords(path, bytes, null)
  if (!couldBeTasks(records)) return null
  const count = faults.length > 0 ? null : records.length
  return { tracker: ownForm(path), path, count, step: null }
}

const ownForm = (path: string): OwnForm => (/\.csv$/i.test(path) ? 'csv' : 'json')

/** Whether a file begins with front matter. */
const hasHead = ({ bytes }: TrackerFile) =>
  /^---\n/.test(Buffer.from(bytes.subarray(0, 8)).toString('utf8').replace(/\r/g, ''))

/** What reading brings; null where the system refuses, which is no reason not to look at the rest. */
function ifReadable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof MhvError) return null
    throw error
  }
}

/** The words of the command that imports what was found. */
export const importWords = (found: FoundTracker): string[] => {
  const { tracker, path } = found
  return ['task', 'import', path, ...(isOfTracker(found) ? ['--from', tracker] : [])]
}

/** The command that imports what was found, with the one before it where the file has to be made first. */
export const importSteps = (found: FoundTracker): string[] => [
  ...(found.step ? [found.step] : []),
  `mhv ${importWords(found).map(shellWord).join(' ')}`,
]

const isFile = (path: string) => statOf(path)?.isFile() ?? false
const isDirectory = (path: string) => statOf(path)?.isDirectory() ?? false

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
