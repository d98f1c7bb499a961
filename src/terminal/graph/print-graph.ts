import type { Cycle } from '../../query/cycle-cuts.ts'
import { isRelatedIn, needsIn, reachableFrom, reversed, rootsOf, subgraph } from '../../query/graph-parts.ts'
import type { TaskGraph } from '../../query/task-graph.ts'
import { isPlain, spoken } from '../output/output-mode.ts'

export const GRAPH_FORMATS = ['tree', 'mermaid', 'dot', 'json'] as const
export type GraphFormat = (typeof GRAPH_FORMATS)[number]

/** Deeper trees are wider than any terminal. */
const TREE_DEPTH = 40

export interface Drawing {
  /** Each node with what is drawn below it: what it waits for or, where it is turned, what waits for it. */
  readonly graph: TaskGraph
  readonly isTurned: boolean
  /** Where the drawing begins; null for all that nothing waits for. */
  readonly start: number | null
  /** Most steps from there. */
  readonly depth: number | undefined
  /** Of the graph that is not turned. */
  readonly cycles: readonly Cycle[]
  readonly home: string | null
}

const beginsAt = ({ graph, start }: Drawing) => (start === null ? rootsOf(graph) : [start])

/** The graph as it is, not turned, up to the depth. */
function shallow(drawing: Drawing): TaskGraph {
  const { graph, depth, isTurned } = drawing
  const near = reachableFrom(beginsAt(drawing), needsIn(graph), depth)
  const part = subgraph(graph, (node) => near.has(node))
  return isTurned ? reversed(part) : part
}

/** The graph as a document for scripts. */
export async function drawingJson(drawing: Drawing): Promise<object> {
  const { cyclesJson, graphJson } = await import('./graph-json.ts')
  return { ...graphJson(shallow(drawing)), cycles: cyclesJson(drawing.graph, drawing.cycles, drawing.home) }
}

/** The graph as text in one of the formats; empty where there is nothing to draw. */
export async function drawn(drawing: Drawing, format: Exclude<GraphFormat, 'json'>): Promise<string> {
  const { graph, start, home, cycles } = drawing
  if (format !== 'tree') {
    const { dotOf, mermaidOf } = await import('./graph-drawings.ts')
    const part = shallow(drawing)
    const isRelated = isRelatedIn(part)
    return (format === 'dot' ? dotOf : mermaidOf)(subgraph(part, (node) => start !== null || isRelated(node)))
  }
  const [{ leadBelow, strokes, treeLines }, { cycleLines }, { fitted }] = await Promise.all([
    import('./graph-tree.ts'),
    import('./say-cycles.ts'),
    import('../output/wrapped.ts'),
  ])
  const isRelated = isRelatedIn(graph)
  const roots = beginsAt(drawing).filter((node) => start !== null || isRelated(node))
  const shown = { graph, roots, home, depth: drawing.depth ?? TREE_DEPTH }
  const lines = isPlain()
    ? (await import('./graph-sentences.ts')).graphSentences(shown, drawing.isTurned)
    : treeLines(shown, strokes())
  const alone = start === null ? graph.nodes.filter((_, node) => !isRelated(node)).length : 0
  if (alone > 0) {
    const and = lines.length > 0 ? 'and ' : ''
    lines.push(...spoken(`${and}${alone} ${alone === 1 ? 'task' : 'tasks'} without relations`))
  }
  const tree = await fitted(lines.join('\n'), leadBelow)
  return [tree, ...cycleLines(graph, cycles, home)].join('\n')
}
