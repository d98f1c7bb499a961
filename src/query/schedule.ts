/** When each of some pieces of work can be done, by place in a list, were there hands enough. */
export interface Schedule {
  /** Those of one level wait for something in the level before it, and for nothing in their own or a later one. */
  readonly levels: readonly (readonly number[])[]
  /** Minutes from now until each can be done. */
  readonly done: readonly number[]
  /** Minutes by which each can be late without anything else ending later. */
  readonly slack: readonly number[]
  /** The longest chain, in the order of work. */
  readonly critical: readonly number[]
}

/** The place of the highest value, the first of several; -1 where there is none. */
const highest = (places: readonly number[], worth: (place: number) => number): number =>
  places.reduce((best, place) => (best < 0 || worth(place) > worth(best) ? place : best), -1)

/** The levels of the pieces that wait for something or that something waits for. */
async function levelsOf(
  needs: readonly (readonly number[])[],
  pieces: readonly number[],
): Promise<number[][]> {
  if (pieces.length === 0) return []
  const [{ DirectedGraph }, { topologicalGenerations }] = await Promise.all([
    import('graphology'),
    import('graphology-dag'),
  ])
  const graph = new DirectedGraph({ multi: false })
  for (const piece of pieces) graph.addNode(piece)
  for (const piece of pieces) for (const need of needs[piece]!) graph.mergeEdge(need, piece)
  return topologicalGenerations(graph).map((level) => level.map(Number))
}

/**
 * Levels, the critical path and slack of work that waits for other work.
 * @param needs for each piece, those that it waits for; without cycles
 * @param minutes whole minutes that each takes
 */
export async function schedule(
  needs: readonly (readonly number[])[],
  minutes: readonly number[],
): Promise<Schedule> {
  // Most work stands alone, and is of the first level without a graph.
  const related = needs.map(({ length }) => length > 0)
  for (const each of needs) for (const need of each) related[need] = true
  const alone = [...needs.keys()].filter((piece) => !related[piece])
  const [first = [], ...later] = await levelsOf(
    needs,
    [...needs.keys()].filter((piece) => related[piece]),
  )
  const levels = [[...alone, ...first], ...later]
    .filter(({ length }) => length > 0)
    .map((level) => level.sort((a, b) => a - b))
  const done = minutes.map(() => 0)
  for (const piece of levels.flat()) {
    done[piece] = minutes[piece]! + needs[piece]!.reduce((latest, need) => Math.max(latest, done[need]!), 0)
  }
  const last = highest([...done.keys()], (piece) => done[piece]!)
  const end = last < 0 ? 0 : done[last]!
  const latest = minutes.map(() => end)
  for (const piece of levels.flat().reverse()) {
    for (const need of needs[piece]!) latest[need] = Math.min(latest[need]!, latest[piece]! - minutes[piece]!)
  }
  const critical: number[] = []
  for (let at = last; at >= 0; at = highest(needs[at]!, (piece) => done[piece]!)) critical.push(at)
  return { levels, done, slack: done.map((at, piece) => latest[piece]! - at), critical: critical.reverse() }
}
