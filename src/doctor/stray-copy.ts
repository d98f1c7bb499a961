import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { canonicalEvent, readTaskFile } from '../store/task-file.ts'
import { taskPath } from '../store/task-path.ts'

/** Whether a file where no task belongs holds nothing but events of a task that are in the task's own file too. */
export async function isStrayCopy(repository: Repository, tip: string, path: string): Promise<boolean> {
  const id = /(?:^|\/)([0-7][0-9A-HJKMNP-TV-Z]{25})\.yaml$/.exec(path)?.[1]
  if (!id || taskPath(id) === path || path.includes('\n')) return false
  const contents = await readObjects(repository, [`${tip}:${path}`, `${tip}:${taskPath(id)}`])
  const [copy, own] = await Promise.all(
    contents.map((content) => content && readTaskFile(id, content.toString('utf8'))),
  )
  if (!copy || !own || 'unreadable' in copy || 'unreadable' in own) return false
  const held = new Set(own.log.events.map(canonicalEvent))
  return copy.log.events.every((event) => held.has(canonicalEvent(event)))
}
