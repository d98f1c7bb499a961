import { MhvError } from '../errors.ts'
import { isReference, type Known, shownAs } from './known.ts'

/**
 * What a task waits for before it can be completed: its dependencies and its subtasks. One relation, since a cycle
 * through both holds its members up for ever just as one of dependencies does.
 */
const waitsFor = (known: Known, id: string): readonly string[] => [
  ...(known.summary(id)?.dependsOn ?? []),
  ...known.childrenOf(id).map((child) => child.id),
]

/**
 * The shortest path of ids along which one task waits for another, both ends included; null where there is none.
 * Breadth-first over the edges that are reachable only, so a check costs nothing for the rest of the repository.
 */
export function pathBetween(known: Known, from: string, to: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]])
  const queue = [from]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === to) {
      const path = [id]
      for (let step = cameFrom.get(id); step; step = cameFrom.get(step)) path.unshift(step)
      return path
    }
    for (const next of waitsFor(known, id)) {
      if (cameFrom.has(next)) continue
      cameFrom.set(next, id)
      queue.push(next)
    }
  }
  return null
}

/**
 * @param way tasks of which each would wait for the next; more than two where one of them is not here yet
 * Errors: DEPENDENCY_CYCLE, with the path, when the last of them waits for the first.
 */
export function requireAcyclic(known: Known, way: readonly string[], what: 'dependency' | 'parent'): void {
  const back = pathBetween(known, way.at(-1)!, way[0]!)
  if (!back) return
  const path = [...way.slice(0, -1), ...back].map((id) => {
    const task = known.summary(id)
    return task ? shownAs(task) : isReference(id) ? id : 'the new task'
  })
  const near = path.slice(1).find((name) => name.includes('#'))
  throw new MhvError(
    'DEPENDENCY_CYCLE',
    `That ${what} would close the cycle ${path.join(' → ')}, in which each waits for the next.`,
    {
      recovery: near ? [`mhv task show ${near.replace(/^#/, '')}`] : [],
      data: { path },
    },
  )
}
