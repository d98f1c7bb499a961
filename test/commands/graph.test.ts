import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { dependOn, idOf, linkedRepositories } from '../support/linked-repositories.ts'
import { temporaryRepository } from '../support/repository.ts'

/** one#1 ← one#2 ← two#1 with a part of its own; one#3 alone; two#1 also waits for what is not there. */
async function federation() {
  const top = await linkedRepositories('one', 'two')
  const [one, two] = [join(top, 'one'), join(top, 'two')]
  await mhv(one, 'tc', 'Base')
  await mhv(one, 'tc', 'Middle', '--depends-on', '1')
  await mhv(one, 'tc', 'Alone')
  await mhv(two, 'tc', 'Top')
  await mhv(two, 'tc', 'Part', '--parent', '1')
  await dependOn(two, 1, `o/${await idOf(one, 2)}`)
  await dependOn(two, 1, 'gone/01JF3ZK4Q8M6W2T5V700000001')
  return { top, one, two }
}

test('a tree leads into other repositories, draws each task out once and says what is not here', async () => {
  const { top, two } = await federation()
  expect((await mhv(two, 'graph')).out).toBe(`#1 Top (waiting)
|- #2 Part (pending)
|- one#2 Middle (waiting)
|  \`- one#1 Base (pending)
\`- gone/01JF3ZK4Q8M6W2T5V700000001 (unseen repository)
`)
  const all = await mhv(top, 'graph', '--all')
  expect([all.code, all.out.split('\n').at(-2)]).toEqual([0, 'and 1 task without relations'])
  expect(all.err).toContain('Problem: gone: ')
  expect((await mhv(top, 'graph', 'o#1', '--dependents', '--depth', '1')).out).toBe(
    'one#1 Base (pending)\n`- one#2 Middle (waiting) …\n',
  )
})

test('the JSON has nodes and edges by ids, the same at every depth asked for', async () => {
  const { two } = await federation()
  const { schema, nodes, edges, cycles, problems } = await mhvJson(two, 'graph', '1')
  expect([schema, cycles]).toEqual([1, []])
  expect(problems).toMatchObject([{ repository: 'gone', code: 'REPOSITORY_MISSING' }])
  const ref = (id: string) => nodes.find((node: { id: string }) => node.id === id).ref
  const shown = (edge: { from: string; to: string; kind: string }) => [
    ref(edge.from),
    ref(edge.to),
    edge.kind,
  ]
  expect(edges.map(shown)).toEqual([
    ['two#1', 'two#2', 'part_of'],
    ['two#1', 'one#2', 'depends_on'],
    ['two#1', 'gone/01JF3ZK4Q8M6W2T5V700000001', 'depends_on'],
    ['one#2', 'one#1', 'depends_on'],
  ])
  const near = await mhvJson(two, 'graph', '1', '--depth', '1')
  expect(near.nodes.map((node: { ref: string }) => node.ref)).toEqual([
    'two#1',
    'two#2',
    'one#2',
    'gone/01JF3ZK4Q8M6W2T5V700000001',
  ])
})

test('no title breaks a drawing', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const title = 'A "b" ] ; %% <script>x</script> `c` \\ #quot; end\nclick t0 "javascript:x"'
  await mhv(demo, 'tc', '--no-parse', title.replace('\n', ' '))
  await mhv(demo, 'tc', 'Next', '--depends-on', '1')
  const mermaid = (await mhv(demo, 'graph', '--format', 'mermaid')).out.split('\n')
  expect(mermaid).toHaveLength(7)
  expect(mermaid[2]).toMatch(/^ {4}t0\["(?:[\w .,/:-]|#\d+;)*"\]$/)
  expect(mermaid[5]).toBe('  t0 --> t1')
  const dot = (await mhv(demo, 'graph', '--format', 'dot')).out
  expect(dot).toContain(
    String.raw`t0 [label="demo#1 A \"b\" ] ; %% <script>x</script> ${'`c`'} \\ #quot; end click`,
  )
  expect(dot.split('\n')).toHaveLength(11)
})

test('a cycle is marked, and told with the command that breaks it at the edge that came last', async () => {
  const { one, two, top } = await federation()
  await dependOn(one, 1, `two/${await idOf(two, 1)}`)
  const { out } = await mhv(top, 'graph', '--repo', 'one')
  expect(out).toContain('(cycle)')
  expect(out).toContain(
    'Cycle: one#1 → two#1 → one#2 → one#1. To break it:\n  mhv task depend one#1 --on two#1 --remove\n',
  )
  const { cycles } = await mhvJson(one, 'graph')
  expect(cycles).toEqual([
    {
      tasks: ['one#1', 'one#2', 'two#1'],
      cuts: [
        {
          from: 'one#1',
          to: 'two#1',
          kind: 'depends_on',
          path: ['one#1', 'two#1', 'one#2', 'one#1'],
          command: 'mhv task depend 1 --on two#1 --remove',
        },
      ],
    },
  ])
})

test('what has ended is drawn when asked for; what cannot be meant is refused', async () => {
  const { one, top } = await federation()
  await mhv(one, 'task', 'cancel', '1', '--reason', 'no')
  expect((await mhv(one, 'graph', '2')).out).toBe('#2 Middle (pending)\n')
  expect((await mhv(one, 'graph', '2', '--status', 'all')).out).toContain('#1 Base (cancelled)')
  expect((await mhv(one, 'graph', '1', '--dependents')).out).toContain('#2 Middle')
  expect((await mhv(top, 'graph', '1', '--all')).code).toBe(2)
  expect((await mhv(one, 'graph', 'none#1')).err).toContain('UNKNOWN_REPOSITORY')
  expect((await mhv(one, 'graph', 'gone#1')).err).toContain('REPOSITORY_MISSING')
  expect((await mhv(one, 'graph', '77')).err).toContain('TASK_NOT_FOUND')
})
