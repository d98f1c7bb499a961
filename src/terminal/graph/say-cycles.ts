import { cutCommand } from '../../query/cut-command.ts'
import type { Cycle } from '../../query/cycle-cuts.ts'
import { shortRefOf, type TaskGraph } from '../../query/task-graph.ts'
import { pasted } from '../failing/pasted-step.ts'

/** Nodes named one after the other; the middle of many is left out. */
function along(graph: TaskGraph, path: readonly number[], home: string | null): string {
  const names = path.map((node) => shortRefOf(graph.nodes[node]!, home))
  return (names.length > 12 ? [...names.slice(0, 6), '…', ...names.slice(-5)] : names).join(' → ')
}

/** For each cycle, what leads round in it and the commands that break it. */
export const cycleLines = (graph: TaskGraph, cycles: readonly Cycle[], home: string | null): string[] =>
  cycles.flatMap(({ cuts }) =>
    cuts.flatMap(({ edge, path }) => [
      `Cycle: ${along(graph, path, home)}. To break it:`,
      `  ${pasted(cutCommand(graph, edge, home))}`,
    ]),
  )
