import { visible } from '../../printable.ts'
import { type GraphNode, shortRefOf, titleOf } from '../../query/task-graph.ts'
import { statusSaid } from '../../query/waiting.ts'
import type { Tree } from './graph-tree.ts'

/**
 * A graph in words, for those who cannot see how a tree is drawn: a line for each task that says what it waits for, those
 * in front of which nothing stands first.
 * @param isTurned whether below each node stands what waits for it
 */
export function graphSentences({ graph, roots, home, depth }: Tree, isTurned: boolean): string[] {
  const refs = (nodes: readonly number[]) =>
    nodes.map((node) => shortRefOf(graph.nodes[node]!, home)).join(', ')
  const saidOf = (node: GraphNode) =>
    node.kind === 'missing'
      ? titleOf(node)
      : `${visible(titleOf(node))} (${statusSaid(node.snapshot, node.slot)})`
  const lines: string[] = []
  const told = new Set<number>(roots)
  let level = [...roots]
  for (let step = 0; level.length > 0; step++) {
    const next: number[] = []
    for (const node of level) {
      const needs = graph.needs[node]!.map(({ to }) => to)
      const what = isTurned ? 'is waited for by' : 'waits for'
      const relation = needs.length > 0 ? ` ${what} ${refs(needs)}` : ''
      lines.push(`${shortRefOf(graph.nodes[node]!, home)} ${saidOf(graph.nodes[node]!)}${relation}`)
      for (const to of needs) {
        if (told.has(to) || step >= depth) continue
        told.add(to)
        next.push(to)
      }
    }
    level = next
  }
  return lines
}
