import type { Identity } from '../git/identity.ts'
import { diffTrees, readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import type { EventsToUndo } from '../tasks/undo.ts'
import { readTaskFile } from './task-file.ts'
import { keyOfNode } from './task-path.ts'

/** How far back in the log a person's last command is looked for, in commits. */
const REACH = 1000

const trailer = (key: string) => `%(trailers:key=${key},valueonly,separator=%x2C)`
const list = (field: string | undefined) => (field ? field.split(',') : [])

/** Commits of a person's commands, newest first, without those that undo, or that are known from trailers to be undone. */
export async function commandsBy(repository: Repository, tip: string, who: Identity): Promise<string[]> {
  const format = `--format=%H%x00%ae%x00${trailer('Mtos-Event')}%x00${trailer('Mtos-Undoes')}`
  const args = ['log', `--max-count=${REACH}`, '--no-merges', '--min-parents=1', format, tip]
  const log = await git(args, repository.git)
  const undone = new Set<string>()
  const commits: string[] = []
  for (const line of log.split('\n')) {
    const [commit = '', email, events, undoes] = line.split('\0')
    for (const id of list(undoes)) undone.add(id)
    const named = list(events)
    const isUndone = undone.has(commit) || (named.length > 0 && named.every((id) => undone.has(id)))
    if (email === who.email && !undoes && !isUndone) commits.push(commit)
  }
  return commits
}

/**
 * The events that a commit of the log wrote, by the task: what its tree holds more than its parent's. The message names
 * some of them at most. None where the parent is not here, as in a shallow clone.
 */
export async function eventsOf(repository: Repository, commit: string): Promise<Map<string, EventsToUndo>> {
  const changes = (await diffTrees(repository, `${commit}^`, commit)) ?? []
  const events = new Map<string, EventsToUndo>()
  const changed: { id: string; before: string; now: string }[] = []
  for (const { path, before, now } of changes) {
    const id = keyOfNode(path)
    if (!id || !now) continue
    // A file that was not there before begins with the task's creation: nobody has to read thousands of them.
    if (before) changed.push({ id, before: before.id, now: now.id })
    else events.set(id, 'creation')
  }
  const objects = changed.flatMap(({ before, now }) => [before, now])
  const contents = await readObjects(repository, objects)
  for (const [i, { id }] of changed.entries()) {
    const [before, now] = await Promise.all(
      [2 * i, 2 * i + 1].map((at) => readTaskFile(id, contents[at]?.toString('utf8') ?? '')),
    )
    if (!before || !now || 'unreadable' in before || 'unreadable' in now) continue
    const seen = new Set(before.log.events.map((event) => event.id))
    events.set(id, new Set(now.log.events.map((event) => event.id).filter((event) => !seen.has(event))))
  }
  return events
}
