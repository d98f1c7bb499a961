import { isUtf8 } from 'node:buffer'
import { eachObject } from '../git/object-stream.ts'
import type { Repository } from '../git/repository.ts'
import { type Deed, stepsOf } from '../store/event-history.ts'
import { readTaskFile } from '../store/task-file.ts'
import { keyOfNode } from '../store/task-path.ts'

async function isWhole(path: string, bytes: Buffer): Promise<boolean> {
  const read = isUtf8(bytes) ? await readTaskFile(keyOfNode(path)!, bytes.toString('utf8')) : null
  return read !== null && !('unreadable' in read) && read.faults.length === 0
}

/**
 * Who made a task's file what its events make when it was not; null while it is not. That may be a merge with a side that
 * was whole. Reads all versions of the file. Errors: GIT_FAILED.
 * @param tip the newest commit that counts
 */
export async function mendedBy(repository: Repository, tip: string, path: string): Promise<Deed | null> {
  const steps = await stepsOf(repository, tip, path)
  const contents = eachObject(
    repository,
    steps.map(({ deed }) => `${deed.commit}:${path}`),
  )
  const whole = new Map<string, boolean>()
  let by: Deed | null = null
  let isWholeNow = false
  for (const { deed, parents } of steps) {
    const { value } = await contents.next()
    isWholeNow = value ? await isWhole(path, value) : false
    whole.set(deed.commit, isWholeNow)
    if (isWholeNow && parents.some((parent) => whole.get(parent) === false)) by = deed
  }
  return isWholeNow ? by : null
}
