import type { MemberView } from '../../src/federation/view-members.ts'
import { handle } from '../../src/handle.ts'
import { parseTaskNames } from '../../src/query/number-list.ts'
import type { Member } from '../../src/repos/member.ts'
import type { TaskStore } from '../../src/store/task-store.ts'
import { environmentFor } from '../../src/terminal/environment.ts'

/** A member that is known by its URL, and perhaps by a path. */
export const memberAt = (url: string, name = 'a', path: string | null = null): Member => ({
  name,
  nicknames: [],
  role: null,
  tags: [],
  path,
  url,
  description: '',
})

/** The titles of all tasks, sorted; null where nothing is seen. */
export const titlesOf = ({ snapshot }: MemberView): string[] | null =>
  snapshot && Array.from({ length: snapshot.slots }, (_, slot) => snapshot.head(slot).title).sort()

/** Creates a task as a write command does, and returns its number. */
export async function createIn(store: TaskStore, title: string): Promise<number> {
  const environment = environmentFor(await store.identity())
  const data = { title, type: 'task', priority: 'medium' } as const
  const { result, view } = await handle(
    store,
    {
      targets: parseTaskNames([], ''),
      create: environment.newId(),
      commands: (_, id) => [{ kind: 'CreateTask', id, data }],
    },
    environment,
  )
  const { id, number } = result[0]!.after
  if (!view.summary(id)) throw new Error(`${title} is not in the view that a write gives back`)
  return number!
}
