import { printable } from '../../printable.ts'
import { edgesOf } from '../../query/graph-parts.ts'
import { type GraphNode, refOf, type TaskGraph, titleOf } from '../../query/task-graph.ts'

const labelOf = (node: GraphNode) => printable(`${refOf(node)} ${titleOf(node)}`)

/** Nodes by repository, in their order; those that are nowhere last, under null. */
function byRepository({ nodes }: TaskGraph): Map<string | null, number[]> {
  const groups = new Map<string | null, number[]>()
  for (const [node, task] of nodes.entries()) {
    const key = task.kind === 'task' ? task.repository : null
    const group = groups.get(key)
    if (group) group.push(node)
    else groups.set(key, [node])
  }
  return groups
}

/**
 * A text inside quotes of Mermaid: whatever could end them, begin Markdown, HTML or a directive there stands as the number
 * of its character.
 */
const mermaidText = (text: string) =>
  `"${text.replace(/[^\p{L}\p{N} .,/:_-]/gu, (character) => `#${character.codePointAt(0)};`)}"`

/** The graph for Mermaid, from what comes first to what waits for it. */
export function mermaidOf(graph: TaskGraph): string {
  const lines = ['flowchart LR']
  for (const [i, [repository, nodes]] of [...byRepository(graph)].entries()) {
    const indent = repository === null ? '  ' : '    '
    if (repository !== null) lines.push(`  subgraph r${i}[${mermaidText(repository)}]`)
    for (const node of nodes) {
      const text = mermaidText(labelOf(graph.nodes[node]!))
      lines.push(`${indent}t${node}${repository === null ? `{{${text}}}` : `[${text}]`}`)
    }
    if (repository !== null) lines.push('  end')
  }
  for (const { from, to, kind } of edgesOf(graph)) {
    lines.push(`  t${to} ${kind === 'part_of' ? '-.->' : '-->'} t${from}`)
  }
  return lines.join('\n')
}

const dotText = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

/** The same for Graphviz, each repository in a cluster of its own. */
export function dotOf(graph: TaskGraph): string {
  const lines = ['digraph tasks {', '  rankdir=LR;', '  node [shape=box];']
  for (const [i, [repository, nodes]] of [...byRepository(graph)].entries()) {
    const isPlace = repository !== null
    if (isPlace) lines.push(`  subgraph cluster_${i} {`, `    label=${dotText(repository)};`)
    for (const node of nodes) {
      const style = isPlace ? '' : ', style=dashed'
      lines.push(
        `${isPlace ? '    ' : '  '}t${node} [label=${dotText(labelOf(graph.nodes[node]!))}${style}];`,
      )
    }
    if (isPlace) lines.push('  }')
  }
  for (const { from, to, kind } of edgesOf(graph)) {
    lines.push(`  t${to} -> t${from}${kind === 'part_of' ? ' [style=dotted]' : ''};`)
  }
  return [...lines, '}'].join('\n')
}
