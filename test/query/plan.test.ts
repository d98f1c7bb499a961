import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cycleCuts } from '../../src/query/cycle-cuts.ts'
import { edgesOf, withNeeds } from '../../src/query/graph-parts.ts'
import { planOf } from '../../src/query/plan.ts'
import { type Place, refOf, type TaskGraph, taskGraph } from '../../src/query/task-graph.ts'
import { snapshotOf, type TaskFields } from '../support/any-snapshot.ts'
import { runs } from '../support/nasty-text.ts'
import { ulidOf } from '../support/task-log.ts'

const place = (name: string, ...tasks: readonly TaskFields[]): Place => ({
  name,
  nicknames: [name.slice(0, 2)],
  snapshot: snapshotOf(...tasks),
})
const on = (...numbers: number[]) => ({ dependsOn: numbers.map(ulidOf) })
const unknown = () => ''
const refs = ({ nodes }: TaskGraph, list: readonly number[]) => list.map((node) => refOf(nodes[node]!))
const arrows = (graph: TaskGraph) =>
  edgesOf(graph).map(({ from, to, kind }) => `${refs(graph, [from, to]).join(' → ')} ${kind}`)

test('a graph leads over repositories, by names and nicknames; what has ended or is deleted holds nothing up', () => {
  const graph = taskGraph([
    place('one', { dependsOn: [`TW/${ulidOf(1)}`, `two/${ulidOf(2)}`] }, { parent: ulidOf(1) }, on(4, 5), {
      status: 'completed',
    }, { deleted: true }),
    place('two', { dependsOn: [`one/${ulidOf(2)}`] }, { status: 'cancelled' }),
  ]) // biome-ignore format: a list
  expect(arrows(graph)).toEqual([
    'one#1 → one#2 part_of',
    'one#1 → two#1 depends_on',
    'two#1 → one#2 depends_on',
  ])
  expect(refs(graph, [...graph.nodes.keys()])).toEqual(['one#1', 'one#2', 'one#3', 'two#1'])
})

test('what is not here is a node that says why, and is one however often it is named', () => {
  const away = `gone/${ulidOf(1)}`
  const graph = taskGraph([
    place('one', { dependsOn: [away, ulidOf(9)] }, { dependsOn: [away, `two/${ulidOf(1)}`] }),
    { name: 'two', nicknames: [], snapshot: null },
  ])
  expect(graph.nodes.slice(2)).toEqual([
    { kind: 'missing', reference: `one/${ulidOf(9)}`, why: 'unknown task' },
    { kind: 'missing', reference: away, why: 'unknown repository' },
    { kind: 'missing', reference: `two/${ulidOf(1)}`, why: 'unseen repository' },
  ])
})

test('two repositories may hold tasks of one id, as copies of one import do', () => {
  const graph = taskGraph([place('one', {}), place('two', { dependsOn: [`one/${ulidOf(1)}`] })])
  expect(arrows(graph)).toEqual(['two#1 → one#1 depends_on'])
})

test('a task with all that it waits for', () => {
  const graph = taskGraph([place('one', on(2), on(3), {}, on(1))])
  expect(arrows(withNeeds(graph, [1]))).toEqual(['one#2 → one#3 depends_on'])
})

test('levels, the critical path, slack, and what each length rests on', async () => {
  const graph = taskGraph([
    place(
      'one',
      { estimate: '2h' },
      { ...on(1), estimate: '1d' },
      { ...on(1), priority: 'high' },
      { ...on(2, 3), estimate: '2pt', status: 'blocked' },
      { estimate: '1h', status: 'in_progress' },
      { status: 'completed', estimate: '9d' },
    ),
  ])
  const plan = await planOf(graph, unknown)
  expect(
    plan.levels.map((level) =>
      level.map(({ node, minutes, measure, start, slack }) => [
        refOf(graph.nodes[node]!),
        minutes,
        measure,
        start,
        slack,
      ]),
    ),
  ).toEqual([
    [
      ['one#1', 120, 'time', 0, 0],
      ['one#5', 60, 'time', 0, 1020],
    ],
    [
      ['one#2', 480, 'time', 120, 0],
      ['one#3', 240, 'assumed', 120, 240],
    ],
    [['one#4', 480, 'points', 600, 0]],
  ])
  expect([refs(graph, plan.critical), plan.minutes, plan.work]).toEqual([
    ['one#1', 'one#2', 'one#4'],
    1080,
    1380,
  ])
  expect(refs(graph, plan.now)).toEqual(['one#1'])
})

test('what is in a cycle, or waits for one or for what is not here, is told with what is in its way', async () => {
  const graph = taskGraph([
    place('one', on(2), on(1), on(1), {}, { dependsOn: [`gone/${ulidOf(1)}`] }, on(5, 4)),
  ])
  const plan = await planOf(graph, unknown)
  expect(plan.unplanned.map(({ node, because, of }) => [refs(graph, [node]), because, refs(graph, of)])).toEqual([
    [['one#1'], 'cycle', ['one#2']],
    [['one#2'], 'cycle', ['one#1']],
    [['one#3'], 'cycle', ['one#1']],
    [['one#5'], 'missing', [`gone/${ulidOf(1)}`]],
    [['one#6'], 'missing', ['one#5']],
  ]) // biome-ignore format: a list
  expect(
    refs(
      graph,
      plan.levels.flat().map(({ node }) => node),
    ),
  ).toEqual(['one#4'])
})

test('of a cycle that edge is cut which was added last, a dependency rather than a part', () => {
  const graph = taskGraph([place('one', on(2), on(3), on(1), { ...on(5) }, { parent: ulidOf(5) }, { parent: ulidOf(4), dependsOn: [ulidOf(4)] })]) // biome-ignore format: a list
  const added = ({ from }: { from: number }) => ['05', '09', '07', '01', '02', '08'][from]!
  const shown = cycleCuts(graph, added).map(({ members, cuts }) => [
    refs(graph, members).join(' '),
    ...cuts.map(({ path }) => refs(graph, path).join(' → ')),
  ])
  expect(shown).toEqual([
    ['one#1 one#2 one#3', 'one#2 → one#3 → one#1 → one#2'],
    ['one#4 one#6', 'one#6 → one#4 → one#6'],
    ['one#5', 'one#5 → one#5'],
  ])
})

const anyTasks = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.array(
    fc.record({
      dependsOn: fc.uniqueArray(fc.integer({ min: 1, max: size + 1 }), { maxLength: 3 }),
      parent: fc.option(fc.integer({ min: 1, max: size }), { freq: 4 }),
      ended: fc.boolean(),
    }),
    { minLength: size, maxLength: size },
  ),
)

test('every open task is planned in one level or told why not; without the edges to cut there is no cycle', async () => {
  await fc.assert(
    fc.asyncProperty(anyTasks, async (tasks) => {
      const graph = taskGraph([
        place(
          'one',
          ...tasks.map(({ dependsOn, parent, ended }) => ({
            ...on(...dependsOn),
            parent: parent === null ? null : ulidOf(parent),
            status: ended ? ('completed' as const) : ('pending' as const),
          })),
        ),
      ])
      const plan = await planOf(graph, unknown)
      const seen = [...plan.levels.flat(), ...plan.unplanned].map(({ node }) => node)
      const open = [...graph.nodes.keys()].filter((node) => graph.nodes[node]!.kind === 'task')
      expect(seen.sort((a, b) => a - b)).toEqual(open)
      const level = new Map(plan.levels.flat().map((task) => [task.node, task.level]))
      for (const [from, own] of level) {
        for (const { to } of graph.needs[from]!) expect(level.get(to)).toBeLessThan(own)
      }
      const cut = new Set(plan.cycles.flatMap(({ cuts }) => cuts.map(({ edge }) => edge)))
      const rest = { ...graph, needs: graph.needs.map((edges) => edges.filter((edge) => !cut.has(edge))) }
      expect(cycleCuts(rest, unknown)).toEqual([])
      for (const { cuts } of plan.cycles) {
        for (const { edge, path } of cuts) {
          expect([path[0], path.at(-1), path[1]]).toEqual([edge.from, edge.from, edge.to])
        }
      }
    }),
    runs(300),
  )
})

test('a ring and a chain of thirty thousand tasks are walked without running out of stack or time', async () => {
  const size = 30_000
  const chain = Array.from({ length: size }, (_, i) => (i === 0 ? {} : on(i)))
  const plan = await planOf(taskGraph([place('one', ...chain)]), unknown)
  expect([plan.levels.length, plan.critical.length]).toEqual([size, size])
  const ring = taskGraph([place('one', ...chain.with(0, on(size)))])
  const [cycle] = cycleCuts(ring, unknown)
  expect([cycle!.members.length, cycle!.cuts.length]).toEqual([size, 1])
}, 60_000)
