import { MhvError } from '../errors.ts'
import { type ReadTask, readTaskFile } from './task-file.ts'

/** Tasks by id from the contents of their files. Errors: TASK_NOT_FOUND, TASK_UNREADABLE. */
export async function readLogs(
  ids: readonly string[],
  contents: readonly (Buffer | null)[],
): Promise<Map<string, ReadTask>> {
  const logs = new Map<string, ReadTask>()
  for (const [i, id] of ids.entries()) {
    const content = contents[i]
    if (!content) throw new MhvError('TASK_NOT_FOUND', `There is no task ${id}.`)
    const read = await readTaskFile(id, content.toString('utf8'))
    if ('unreadable' in read) {
      throw new MhvError('TASK_UNREADABLE', `The file of task ${id} is damaged: ${read.unreadable}.`)
    }
    logs.set(id, read)
  }
  return logs
}
