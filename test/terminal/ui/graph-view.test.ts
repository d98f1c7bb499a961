import { expect, test } from 'vitest'
import { graphLines } from '../../../src/terminal/ui/graph-view.ts'

const node = (id: string) => ({ id, ref: id, kind: 'task' as const, title: id, status: 'pending' })
const drawn = (edges: readonly string[]) => {
  const names = [...new Set(edges.flatMap((edge) => edge.split(/[>:]/)))].sort()
  return graphLines({
    nodes: [...names, 'alone'].map(node),
    edges: edges.map((edge) => {
      const [from, to] = edge.split(/[>:]/) as [string, string]
      return { from, to, kind: edge.includes(':') ? 'part_of' : 'depends_on' }
    }),
  }).map(
    ({ node: { id }, lead, isPart, mark }) => `${lead}${id}${isPart ? ' part' : ''}${mark ? ` ${mark}` : ''}`,
  )
}

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['nothing waits', [], []],
  ['one waits for another', ['a>b'], ['a', '└─ b']],
  ['several', ['a>b', 'a>c', 'b>d'], ['a', '├─ b', '│  └─ d', '└─ c']],
  ['parts', ['a:b'], ['a', '└─ b part']],
  [
    'what several wait for is drawn out once',
    ['a>c', 'b>c', 'c>d'],
    ['a', '└─ c', '   └─ d', 'b', '└─ c above'],
  ],
  ['what needs nothing is no repetition', ['a>c', 'b>c'], ['a', '└─ c', 'b', '└─ c']],
  ['a cycle ends where it began', ['a>b', 'b>a'], ['a', '└─ b', '   └─ a cycle']],
  ['a task that waits for itself', ['a>a'], ['a', '└─ a cycle']],
])('%s', (_, edges, lines) => {
  expect(drawn(edges)).toEqual(lines)
})

test('what is deeper than any screen is wide is left out, and said to be', () => {
  const lines = drawn(Array.from({ length: 60 }, (_, i) => `n${i + 10}>n${i + 11}`))
  expect(lines).toHaveLength(41)
  expect(lines.at(-1)).toMatch(/└─ n50 deeper$/)
})

test('ten thousand tasks are drawn at once', () => {
  const edges = Array.from({ length: 10_000 }, (_, i) => `${i}>${i + 1 + (i % 7)}`)
  const start = performance.now()
  expect(drawn(edges).length).toBeGreaterThan(41)
  expect(performance.now() - start).toBeLessThan(2000)
})
