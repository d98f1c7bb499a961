import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inUtf8 } from './exchange/decode-text.ts'
import type { TrackerFile } from './exchange/trackers/tracker-task.ts'

/** Files of a directory that are larger than this are no task of anybody, and no export that is found by itself. */
export const LARGEST = 20_000_000

/** The names of the files of a directory, and of those below it down to a depth, with / between. */
export function filesBelow(directory: string, depth: number): string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isFile()) return [entry.name]
      if (!entry.isDirectory() || depth === 0) return []
      return filesBelow(join(directory, entry.name), depth - 1).map((name) => `${entry.name}/${name}`)
    })
}

const bytesOf = (path: string): Uint8Array => inUtf8(readFileSync(path))

export const readOneFile = (path: string): TrackerFile => ({ path, bytes: bytesOf(path) })

const OF_BACKLOG =
  /^(?:config\.ya?ml|(?:tasks|drafts|completed|milestones|archive\/(?:tasks|drafts|milestones))\/[^/]+\.md)$/

/** The files of a folder of Backlog.md; none where it holds no task. */
export function readBacklogFiles(directory: string): TrackerFile[] {
  const names = filesBelow(directory, 2).filter((name) => OF_BACKLOG.test(name))
  if (!names.some((name) => /^(?:tasks|drafts|completed|archive\/tasks)\//.test(name))) return []
  return names
    .filter((name) => statSync(join(directory, name)).size <= LARGEST)
    .map((name) => ({ path: name, bytes: bytesOf(join(directory, name)) }))
}
