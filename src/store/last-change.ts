import type { Identity } from '../git/identity.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'

/** How far back in the log a person's last command is looked for, in commits. */
const REACH = 1000

const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x2C)`
const list = (field: string | undefined) => (field ? field.split(',') : [])

/** Ids of the tasks that a person's last command changed: the newest that is no undo and has not been undone. */
export async function lastChangeBy(repository: Repository, tip: string, who: Identity): Promise<string[]> {
  const format = `--format=%ae%x00${trailer('Mtos-Task')}%x00${trailer('Mtos-Event')}%x00${trailer('Mtos-Undoes')}`
  const log = await git(['log', `--max-count=${REACH}`, '--no-merges', format, tip], {
    cwd: repository.commonDir,
  })
  const undone = new Set<string>()
  for (const line of log.split('\n')) {
    const [email, tasks, events, undoes] = line.split('\0')
    for (const id of list(undoes)) undone.add(id)
    if (email !== who.email || undoes || list(events).some((id) => undone.has(id))) continue
    if (tasks) return list(tasks)
  }
  return []
}
