import { readObjects } from '../git/objects.ts'
import { isAncestor } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import type { RemoteAlarm, RemoteMark } from '../store/remote-marks.ts'

/**
 * What a remote's log did since it was last seen that it is not to do; null where it only grew, or nothing of it was
 * seen. What was seen and is not in this repository any more tells nothing.
 * @param ref the ref that carries its log
 * @param tip what the remote has now, of which it has answered; null where it has no log
 */
export async function judgeRemote(
  repository: Repository,
  remote: string,
  url: string,
  ref: string,
  seen: RemoteMark | null,
  tip: string | null,
  now: string,
): Promise<RemoteAlarm | null> {
  if (!seen?.tip || seen.url !== url || seen.ref !== ref || seen.tip === tip) return null
  const alarm = { at: now, remote, url, from: seen.tip, to: tip }
  if (tip === null) return { ...alarm, what: 'deleted' }
  if (await isAncestor(repository, seen.tip, tip)) return null
  if ((await readObjects(repository, [seen.tip]))[0] === null) return null
  return { ...alarm, what: (await isAncestor(repository, tip, seen.tip)) ? 'rewound' : 'replaced' }
}
