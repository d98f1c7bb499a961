import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

/** Files that change when the tasks do, below a common git directory; the last is where refs are kept in reftables. */
const FILES = ['refs/mtos/tasks', 'packed-refs', 'reftable/tables.list']
const REMOTES = 'refs/mtos/remotes'
const FOLDERS = ['refs/mtos', '.', 'reftable']

/** Milliseconds between two looks where the system does not tell of changes, as on some network drives. */
const INTERVAL = 1000
/** Milliseconds that are waited for after a change: a write is more than one. */
const PAUSE = 30

/** Where what is fetched of each remote's tasks is kept. */
function fetchedFiles(directory: string): string[] {
  try {
    return readdirSync(join(directory, REMOTES)).map((remote) => `${REMOTES}/${remote}/tasks`)
  } catch {
    return []
  }
}

const signOf = (directory: string): string =>
  [...FILES, ...fetchedFiles(directory)]
    .map((file) => {
      const stat = statSync(join(directory, file), { throwIfNoEntry: false })
      return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : ''
    })
    .join('\n')

/**
 * Tells when the task log of a repository has moved, or one that was fetched, whoever moved it: a command, another program.
 * @param directories common git directories
 * @returns ends it
 */
export function watchTasks(directories: readonly string[], onChange: () => void): () => void {
  const signs = new Map(directories.map((directory) => [directory, signOf(directory)]))
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    timer = undefined
    const moved = directories.filter((directory) => signOf(directory) !== signs.get(directory))
    for (const directory of moved) signs.set(directory, signOf(directory))
    if (moved.length > 0) onChange()
  }
  const lookSoon = () => {
    timer ??= setTimeout(look, PAUSE)
  }
  const watchers: FSWatcher[] = directories.flatMap((directory) =>
    FOLDERS.flatMap((folder) => {
      try {
        const watcher = watch(join(directory, folder), { persistent: false }, lookSoon)
        // A directory that goes is looked at by the clock.
        watcher.on('error', () => watcher.close())
        return [watcher]
      } catch {
        return []
      }
    }),
  )
  const clock = setInterval(look, INTERVAL)
  return () => {
    clearInterval(clock)
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
