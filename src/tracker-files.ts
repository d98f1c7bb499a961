import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError, shellWord } from './errors.ts'
import { inUtf8 } from './exchange/decode-text.ts'
import type { TrackerFile } from './exchange/trackers/tracker-task.ts'

/** Files of a directory that are larger than this are no task of anybody, and no export that is found by itself. */
export const LARGEST = 20_000_000

/** null where there is nothing, or the system does not say what: behind a closed directory, at a link in a circle. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** What reading a path brings. Errors: INVALID_INPUT where the system refuses. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException
    if (syscall === undefined) throw cause
    throw new MhvError('INVALID_INPUT', `${JSON.stringify(path)} cannot be read (${code}).`, {
      recovery: [`ls -ld ${shellWord(path)}`],
      data: { field: 'file', value: path },
      cause,
    })
  }
}

/** The names of the files of a directory; none where it is none. Errors: INVALID_INPUT where it cannot be read. */
export const filesIn = (directory: string): string[] =>
  reading(directory, () => {
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return []
    const entries = readdirSync(directory, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort()
  })

const bytesOf = (path: string): Uint8Array => inUtf8(reading(path, () => readFileSync(path)))

/** Errors: INVALID_INPUT where it cannot be read. */
export const readOneFile = (path: string): TrackerFile => ({ path, bytes: bytesOf(path) })

/** Where Backlog.md keeps tasks, and what else belongs to them. */
const TASKS_OF_BACKLOG = ['tasks', 'drafts', 'completed', 'archive/tasks']
const FOLDERS_OF_BACKLOG = [...TASKS_OF_BACKLOG, 'milestones', 'archive/drafts', 'archive/milestones']

/** The files of a folder of Backlog.md; none where it holds no task. Errors: INVALID_INPUT where some cannot be read. */
export function readBacklogFiles(directory: string): TrackerFile[] {
  const inFolder = (folder: string) =>
    filesIn(join(directory, folder)).flatMap((name) => (name.endsWith('.md') ? [`${folder}/${name}`] : []))
  if (TASKS_OF_BACKLOG.every((folder) => inFolder(folder).length === 0)) return []
  const settings = filesIn(directory).filter((name) => /^config\.ya?ml$/.test(name))
  return [...settings, ...FOLDERS_OF_BACKLOG.flatMap(inFolder)]
    .sort()
    .map((name) => ({ name, path: join(directory, name) }))
    .filter(({ path }) => reading(path, () => statSync(path)).size <= LARGEST)
    .map(({ name, path }) => ({ path: name, bytes: bytesOf(path) }))
}
