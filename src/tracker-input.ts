import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { MhvError } from './errors.ts'
import { TRACKERS, type Tracker, type TrackerFile } from './exchange/trackers/tracker-task.ts'
import { type FoundTracker, findTrackers, importSteps, isOfTracker, type OfTracker } from './find-trackers.ts'
import { readBacklogFiles, readOneFile } from './tracker-files.ts'

/** What to import, and of which tracker it is. */
export interface TrackerInput {
  readonly path: string
  readonly tracker: Tracker
  readonly files: readonly TrackerFile[]
}

/** What trackers are called in sentences. */
export const TRACKER_TITLES: Readonly<Record<FoundTracker['tracker'], string>> = {
  beads: 'Beads',
  backlog: 'Backlog.md',
  taskwarrior: 'Taskwarrior',
  'git-bug': 'git-bug',
  'task-master': 'task-master',
  github: 'GitHub',
  gitlab: 'GitLab',
  jira: 'Jira',
  csv: 'CSV of your own',
  json: 'JSON of your own',
}

/** One line for each tracker that was found. Of a file of one's own nobody but its owner knows what it is. */
export const foundLine = (found: FoundTracker): string => {
  const { tracker, path, count, step } = found
  const tasks = `${isOfTracker(found) ? '' : 'could be '}${count === 1 ? '1 task' : `${count} tasks`}`
  const held = count === null ? (step ? 'has to be exported first' : 'cannot be read') : tasks
  return `${TRACKER_TITLES[tracker]}: ${path} (${held})`
}

const FILES_OF: Readonly<Partial<Record<Tracker, string>>> = {
  beads: 'bd export -o .beads/issues.jsonl',
  taskwarrior: 'task export > tasks.json',
  github:
    'gh issue list --state all --limit 10000 --json number,title,body,state,stateReason,labels,assignees,author,milestone,comments,createdAt,updatedAt,closedAt,url > issues.json',
}

/**
 * The one tracker that has tasks in a directory; of a directory that is a tracker's own the tracker, with the path `.`.
 * @param from the tracker, where it was said
 * Errors: INVALID_INPUT where there is none, or more than one.
 */
export async function findOnlyTracker(directory: string, from: Tracker | null): Promise<OfTracker> {
  const own = ownTracker(directory)
  if (own && (from === null || from === own.tracker)) return own
  const all = await findTrackers(directory)
  const found = all.filter(isOfTracker).filter(({ tracker }) => from === null || tracker === from)
  const [only] = found
  if (found.length === 1 && only?.step === null) return only
  throw refusal(directory, from, found, all)
}

/** All tasks that a directory holds; of a directory that is a tracker's own those of the tracker. Errors: INVALID_INPUT where there are none. */
export async function findAllTasks(directory: string): Promise<readonly FoundTracker[]> {
  const own = ownTracker(directory)
  const all = own ? [own] : await findTrackers(directory)
  if (all.length === 0) throw refusal(directory, null, [], [])
  return all
}

/** What a directory is by itself: the folder of Backlog.md, of Beads or of task-master. */
function ownTracker(directory: string): OfTracker | null {
  const known = { count: null, step: null }
  const name = basename(resolve(directory))
  if (readBacklogFiles(directory).length > 0) return { tracker: 'backlog', path: '.', ...known }
  const path = [
    ...(name === '.beads' ? ['issues.jsonl', 'beads.jsonl'] : []),
    ...(name === '.taskmaster' ? ['tasks/tasks.json'] : []),
  ].find((path) => existsSync(join(directory, path)))
  return path ? { tracker: name === '.beads' ? 'beads' : 'task-master', path, ...known } : null
}

/** The files of what was found in a directory. Errors: INVALID_INPUT where they have to be exported first. */
export function readFound(directory: string, found: OfTracker): TrackerInput {
  const path = join(directory, found.path)
  if (found.step !== null) throw refusal(directory, found.tracker, [found], [found])
  const files = statSync(path).isDirectory() ? readBacklogFiles(path) : [readOneFile(path)]
  return { path, tracker: found.tracker, files }
}

function refusal(
  directory: string,
  from: Tracker | null,
  found: readonly FoundTracker[],
  all: readonly FoundTracker[],
): MhvError {
  const where = directory === '.' ? 'here' : `in ${JSON.stringify(directory)}`
  const shown = found.length > 0 ? found : all
  const steps = shown.flatMap((one) => importSteps({ ...one, path: join(directory, one.path) }))
  const data = { field: 'file', trackers: shown }
  if (found.length === 1) {
    const message = `${TRACKER_TITLES[found[0]!.tracker]} keeps its tasks ${where} in a form of its own; export them first.`
    return new MhvError('INVALID_INPUT', message, { recovery: steps, data })
  }
  if (found.length > 1) {
    const list = found.map((one) => `  ${foundLine(one)}`).join('\n')
    const message = `Several trackers have tasks ${where}; name the one to import:\n${list}`
    return new MhvError('INVALID_INPUT', message, { recovery: steps, data })
  }
  const what = from ? `tasks of ${TRACKER_TITLES[from]}` : `tasks of a tracker (${TRACKERS.join(', ')})`
  const file = from ? FILES_OF[from] : undefined
  return new MhvError('INVALID_INPUT', `There are no ${what} ${where}.`, {
    recovery: file ? [file, 'mhv task import --help'] : steps.length > 0 ? steps : ['mhv task import --help'],
    data,
  })
}
