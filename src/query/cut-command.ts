import { type GraphEdge, shortRefOf, type TaskGraph } from './task-graph.ts'

/** The command that takes an edge between two tasks away. @param home the repository that it is typed in */
export function cutCommand({ nodes }: TaskGraph, { from, to, kind }: GraphEdge, home: string | null): string {
  const typed = (node: number) => shortRefOf(nodes[node]!, home).replace(/^#/, '')
  if (kind === 'part_of') return `mhv task edit ${typed(to)} --parent none`
  return `mhv task depend ${typed(from)} --on ${typed(to)} --remove`
}
