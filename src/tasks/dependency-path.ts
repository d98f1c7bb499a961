import { MhvError } from '../errors.ts'
import type { Known } from './known.ts'

type Relation = 'dependency' | 'parent'

const targets = (known: Known, id: string, relation: Relation): readonly string[] => {
  const task = known.summary(id)
  if (!task) return []
  if (relation === 'dependency') return task.dependsOn
  return task.parent ? [task.parent] : []
}

/**
 * The shortest path of ids from one task to another along a relation, both ends included; null where there is none.
 * Breadth-first over the edges that are reachable only, so a check costs nothing for the rest of the repository.
 */
export function pathBetween(known: Known, from: string, to: string, relation: Relation): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]])
  const queue = [from]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === to) {
      const path = [id]
      for (let step = cameFrom.get(id); step; step = cameFrom.get(step)) path.unshift(step)
      return path
    }
    for (const next of targets(known, id, relation)) {
      if (cameFrom.has(next)) continue
      cameFrom.set(next, id)
      queue.push(next)
    }
  }
  return null
}

/** Errors: DEPENDENCY_CYCLE, with the path, when the edge `from → to` would close one. */
export function requireAcyclic(known: Known, from: string, to: string, relation: Relation): void {
  const back = pathBetween(known, to, from, relation)
  if (!back) return
  const path = [from, ...back].map((id) => {
    const number = known.summary(id)?.number
    return number ? `#${number}` : id
  })
  throw new MhvError('DEPENDENCY_CYCLE', `That ${relation} would close the cycle ${path.join(' → ')}.`, {
    recovery: path[1] ? [`mhv task show ${path[1].replace('#', '')}`] : [],
    data: { path },
  })
}
