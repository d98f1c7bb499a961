import { type RichLine, span } from './rich-line.ts'
import { lineRow, rowsView, type ViewRow } from './rows-view.tsx'
import type { UiState } from './state.ts'
import { statusRole } from './theme.ts'
import { askedOfShown, keyOfNode, type NodeDocument, shortRef } from './view-documents.ts'

/** What `mhv graph --json` answers. */
export interface GraphDocument {
  readonly nodes: readonly NodeDocument[]
  /** From what waits to what it waits for, by ids. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly kind: string }[]
}

/** A node where it is drawn: below what waits for it. */
interface Step {
  readonly id: string
  readonly lead: string
  /** What the lines below begin with. */
  readonly indent: string
  readonly isPart: boolean
  readonly depth: number
}

/** A line of the drawn graph. */
export interface GraphLine {
  readonly node: NodeDocument
  readonly lead: string
  /** A part of the task above, rather than what that depends on. */
  readonly isPart: boolean
  /** Why nothing is drawn below it, though it waits for something. */
  readonly mark: 'above' | 'cycle' | 'deeper' | null
}

/** Nodes from which all that are related can be reached: those that nothing waits for, then one of each cycle that is left. */
function rootsOf(
  { nodes, edges }: GraphDocument,
  needs: ReadonlyMap<string, readonly GraphEdge[]>,
): string[] {
  const waitedFor = new Set(edges.map(({ to }) => to))
  const related = nodes.map(({ id }) => id).filter((id) => needs.has(id) || waitedFor.has(id))
  const roots = related.filter((id) => !waitedFor.has(id))
  const reached = new Set<string>()
  const reach = (from: string) => {
    const stack = [from]
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (reached.has(id)) continue
      reached.add(id)
      for (const { to } of needs.get(id) ?? []) stack.push(to)
    }
  }
  for (const root of roots) reach(root)
  for (const id of related) {
    if (reached.has(id)) continue
    roots.push(id)
    reach(id)
  }
  return roots
}

type GraphEdge = GraphDocument['edges'][number]

/** Deeper lines begin behind the end of any screen. */
const MOST_DEPTH = 40

const markOf = (isDrawn: boolean, isOnTheWay: boolean, depth: number): GraphLine['mark'] => {
  if (isDrawn) return isOnTheWay ? 'cycle' : 'above'
  return depth >= MOST_DEPTH ? 'deeper' : null
}

/** The graph as lines, each task above what it waits for, drawn out once. */
export function graphLines(document: GraphDocument): GraphLine[] {
  const nodeOf = new Map(document.nodes.map((node) => [node.id, node]))
  const needs = new Map<string, GraphEdge[]>()
  for (const edge of document.edges) needs.set(edge.from, [...(needs.get(edge.from) ?? []), edge])
  const drawn = new Set<string>()
  const onTheWay = new Set<string>()
  const lines: GraphLine[] = []
  for (const root of rootsOf(document, needs)) {
    // An id alone stands for the end of what hangs below it.
    const stack: (Step | string)[] = [{ id: root, lead: '', indent: '', isPart: false, depth: 0 }]
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      if (typeof step === 'string') {
        onTheWay.delete(step)
        continue
      }
      const { id, lead, indent, isPart, depth } = step
      const below = needs.get(id) ?? []
      const mark = below.length === 0 ? null : markOf(drawn.has(id), onTheWay.has(id), depth)
      lines.push({ node: nodeOf.get(id)!, lead, isPart, mark })
      if (mark) continue
      drawn.add(id)
      onTheWay.add(id)
      stack.push(id)
      for (const [i, { to, kind }] of [...below].reverse().entries()) {
        const isLast = i === 0
        stack.push({
          id: to,
          lead: indent + (isLast ? '└─ ' : '├─ '),
          indent: indent + (isLast ? '   ' : '│  '),
          isPart: kind === 'part_of',
          depth: depth + 1,
        })
      }
    }
  }
  return lines
}

const MARKS = { above: ' (drawn above)', cycle: ' (cycle)', deeper: ' …' } as const

function richLine({ node, lead, isPart, mark }: GraphLine, ui: UiState): RichLine {
  const name = [span(lead, 'graph-edge'), span(`${shortRef(ui, node.ref)} `, 'accent')]
  if (node.kind === 'missing') return [...name, span(`(${node.why})`, 'warning')]
  return [
    ...name,
    span(`${node.status} `, statusRole(node.status!)),
    span(node.title!),
    span(`${isPart ? ' (part)' : ''}${mark ? MARKS[mark] : ''}`, mark === 'cycle' ? 'danger' : 'muted'),
  ]
}

export function graphRows(ui: UiState, data: GraphDocument | null): ViewRow[] {
  const lines = data ? graphLines(data) : []
  return lines.map((line) => lineRow(() => richLine(line, ui), keyOfNode(line.node)))
}

/** What waits for what. */
export const graphView = rowsView<GraphDocument>({
  id: 'graph',
  title: 'Graph',
  key: '3',
  isWide: false,
  asks: (ui) => askedOfShown(ui, ['graph']),
  rows: graphRows,
  none: 'No open task waits for another: + makes one depend on another.',
  keys: [],
})
