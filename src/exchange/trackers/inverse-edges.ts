import { listOf, textOf } from './plain-values.ts'
import type { TrackerTask } from './tracker-task.ts'

/** An edge as the other end tells it: that `from` depends on, or is a part of, `to`. */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly type: 'blocks' | 'parent-child'
}

/**
 * Tasks with edges that only their other ends tell; one that is told by both is one. An edge whose task is not in the file
 * is metadata of the end that told it.
 */
export function withEdges(tasks: readonly TrackerTask[], edges: readonly Edge[]): TrackerTask[] {
  const inFile = new Set(tasks.map(({ fields }) => textOf(fields.id)))
  const own = groupBy(edges, ({ from }) => from)
  const outside = groupBy(
    edges.filter(({ from }) => !inFile.has(from)),
    ({ to }) => to,
  )
  return tasks.map((task) => {
    const id = textOf(task.fields.id)
    const deps = listOf(task.fields.deps) as { id: string; type: string }[]
    const known = new Set(deps.map(({ id, type }) => `${type} ${id}`))
    const more = (own.get(id) ?? []).filter(({ to, type }) => {
      const key = `${type} ${to}`
      return !known.has(key) && known.add(key)
    })
    const others = outside.get(id) ?? []
    const named = (relation: Edge['type']) =>
      others.filter(({ type }) => type === relation).map(({ from }) => from)
    return {
      ...task,
      fields: { ...task.fields, deps: [...deps, ...more.map(({ to, type }) => ({ id: to, type }))] },
      metadata: { ...task.metadata, blocks: named('blocks'), subtasks: named('parent-child') },
    }
  })
}

function groupBy(edges: readonly Edge[], keyOf: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) {
    const known = groups.get(keyOf(edge))
    if (known) known.push(edge)
    else groups.set(keyOf(edge), [edge])
  }
  return groups
}
