import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join, sep } from 'node:path'

export interface Occupant {
  readonly pid: number
  readonly name: string
  readonly directory: string
}

/** Whether a path is another one or below it; both without symbolic links. */
export const isWithin = (path: string, top: string): boolean => path === top || path.startsWith(top + sep)

function parentOf(pid: number): { parent: number; name: string } | null {
  try {
    const stat = readFileSync(join('/proc', String(pid), 'stat'), 'utf8')
    // The name, in brackets, may hold anything, brackets too.
    const end = stat.lastIndexOf(')')
    return { parent: Number(stat.slice(end + 2).split(' ')[1]), name: stat.slice(stat.indexOf('(') + 1, end) }
  } catch {
    return null
  }
}

function isOurs(pid: number): boolean {
  for (let at = pid; at > 1; ) {
    if (at === process.pid) return true
    const above = parentOf(at)
    if (!above) return false
    at = above.parent
  }
  return false
}

/**
 * Processes and the directories that they work in; null where the machine does not tell. Neither this process nor what
 * it has started.
 * @param exceptShell whether the process that started this one does not count: a shell that is going to be moved
 */
export function workingProcesses(exceptShell: boolean): Occupant[] | null {
  let names: string[]
  try {
    names = readdirSync('/proc')
  } catch {
    return null
  }
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number)
  if (pids.length === 0) return null
  return pids.flatMap((pid) => {
    if (exceptShell && pid === process.ppid) return []
    let directory: string
    try {
      directory = readlinkSync(`/proc/${pid}/cwd`)
    } catch {
      // It has ended, or is somebody else's.
      return []
    }
    return isOurs(pid) ? [] : [{ pid, name: parentOf(pid)?.name ?? '?', directory }]
  })
}
