import { MhvError, shellWord } from '../../errors.ts'
import type { PlainTask } from '../../insight/plain-task.ts'
import type { LinkSuggestion } from '../../insight/suggest-links.ts'
import { taskGraph } from '../../query/task-graph.ts'
import type { Workplace } from '../places/workplace.ts'
import { typedTask } from '../task/named-task.ts'
import { askedOf, placesOf } from './graph-views.ts'
import { plainViews } from './plain-views.ts'
import { readLinks } from './read-links.ts'

/** An open task, and what it may depend on though nobody has said so. */
export interface LinksOfTask {
  readonly id: string
  readonly repository: string
  readonly number: number
  readonly links: readonly LinkSuggestion[]
  /** How a task is typed where one stands: `7`, `akosha#7`. */
  readonly wordOf: (task: PlainTask) => string
  /** What lists the same suggestions again. */
  readonly command: string
}

interface Asking {
  readonly all: boolean
  readonly repos?: string | undefined
  readonly limit: number
}

/** Errors: ILLEGAL_MOVE for a task that has ended; those of askedOf. */
export async function linksOfNamed(workplace: Workplace, word: string, asking: Asking): Promise<LinksOfTask> {
  const typed = typedTask(word)
  const flags = { all: asking.all, repos: asking.repos }
  const { asked, named } = await askedOf(async () => workplace, flags, typed)
  const { snapshot, slot, repository } = named!
  const graph = taskGraph(placesOf(asked.views))
  const node = graph.nodes.findIndex(
    (other) => other.kind === 'task' && other.snapshot === snapshot && other.slot === slot,
  )
  const number = snapshot.number(slot)
  if (node < 0) {
    const message = `#${number} is ${snapshot.status(slot)}: it waits for nothing any more.`
    throw new MhvError('ILLEGAL_MOVE', message, {
      recovery: [`mhv task show ${word}`],
      data: { number },
    })
  }
  const links = await readLinks(asked.views, plainViews(asked.views), graph, node)
  return {
    id: snapshot.head(slot).id,
    repository,
    number,
    links: links.slice(0, asking.limit),
    wordOf: (task) =>
      task.repository === repository && !workplace.elsewhere
        ? `${task.number}`
        : `${task.repository}#${task.number}`,
    command: `mhv depend suggest ${shellWord(word)}${asking.all ? ' --all' : ''}`,
  }
}
