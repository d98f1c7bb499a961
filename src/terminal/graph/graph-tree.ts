import { visible } from '../../printable.ts'
import { type GraphNode, shortRefOf, type TaskGraph, titleOf } from '../../query/task-graph.ts'
import { statusSaid } from '../../query/waiting.ts'
import { colourStatus } from '../output/colour.ts'

/** The strokes that a tree is drawn with. */
export interface Strokes {
  readonly branch: string
  readonly last: string
  readonly along: string
  readonly gap: string
}

const LINES: Strokes = { branch: '├─ ', last: '└─ ', along: '│  ', gap: '   ' }
const ASCII: Strokes = { branch: '|- ', last: '`- ', along: '|  ', gap: '   ' }

/** Box drawing where a terminal says that it shows UTF-8; what goes elsewhere stays in ASCII. */
export function strokes(): Strokes {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = process.env
  const isUtf8 = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
  return process.stdout.isTTY && isUtf8 && TERM !== 'dumb' ? LINES : ASCII
}

/** What a line of a tree that is broken goes on with: the strokes that lead on past it. */
export function leadBelow(line: string): string {
  const [lead] = /^(?:[│|] {2}| {3})*(?:[├└]─ |[|`]- )?/.exec(line)!
  return lead.replace('├─', '│ ').replace('|-', '| ').replace(/└─|`-/, '  ')
}

export interface Tree {
  readonly graph: TaskGraph
  readonly roots: readonly number[]
  readonly home: string | null
  /** Most steps from a root. */
  readonly depth: number
}

interface Step {
  readonly node: number
  readonly lead: string
  /** What the lines below begin with. */
  readonly indent: string
  readonly depth: number
}

/**
 * The lines of a tree, each node above what it waits for. It is drawn out once and only named where it comes again, be it
 * on the way from the root to itself.
 */
export function treeLines(
  { graph, roots, home, depth }: Tree,
  { branch, last, along, gap }: Strokes,
): string[] {
  const drawn = new Set<number>()
  const onTheWay = new Set<number>()
  const lines: string[] = []
  const textOf = (node: GraphNode) =>
    node.kind === 'missing'
      ? titleOf(node)
      : `${visible(titleOf(node))} (${colourStatus(statusSaid(node.snapshot, node.slot))})`
  for (const root of roots) {
    // A number stands for the end of what hangs below that node.
    const stack: (Step | number)[] = [{ node: root, lead: '', indent: '', depth: 0 }]
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      if (typeof step === 'number') {
        onTheWay.delete(step)
        continue
      }
      const { node, lead, indent } = step
      const name = lead + shortRefOf(graph.nodes[node]!, home)
      if (drawn.has(node)) {
        lines.push(`${name} ${onTheWay.has(node) ? '(cycle)' : '(above)'}`)
        continue
      }
      const needs = graph.needs[node]!
      const isCut = step.depth >= depth && needs.length > 0
      lines.push(`${name} ${textOf(graph.nodes[node]!)}${isCut ? ' …' : ''}`)
      if (isCut) continue
      drawn.add(node)
      onTheWay.add(node)
      stack.push(node)
      for (const [i, { to }] of [...needs].reverse().entries()) {
        const below = indent + (i === 0 ? gap : along)
        stack.push({
          node: to,
          lead: indent + (i === 0 ? last : branch),
          indent: below,
          depth: step.depth + 1,
        })
      }
    }
  }
  return lines
}
