import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinViews, neighbourhood } from '../../src/federation/join-views.ts'
import type { MemberView } from '../../src/federation/view-members.ts'
import { readyTasks } from '../../src/query/ready.ts'
import { unblockedBy, waitingOn } from '../../src/query/waiting.ts'
import { encodeSegment } from '../../src/snapshot/segment.ts'
import { memoryHeap, openSnapshot, slotsReachingOut } from '../../src/snapshot/snapshot.ts'
import { requireAcyclic } from '../../src/tasks/dependency-path.ts'
import { initialState, type TaskState } from '../../src/tasks/task-state.ts'
import { runs } from '../support/nasty-text.ts'
import { ulidOf } from '../support/task-log.ts'

interface Small {
  readonly dependsOn?: readonly string[]
  readonly parent?: string
  readonly status?: TaskState['status']
}

/** Tasks of a repository by their numbers; what they depend on is named as it is stored. */
function view(
  name: string,
  nicknames: readonly string[],
  tasks: Readonly<Record<number, Small>>,
): MemberView {
  const states = Object.entries(tasks).map(([number, { dependsOn = [], parent, status = 'pending' }]) => ({
    writable: true,
    task: {
      ...initialState(idOf(name, Number(number))),
      number: Number(number),
      title: `${name} ${number}`,
      status,
      parent: parent ?? null,
      dependsOn: new Map(dependsOn.map((id) => [id, [ulidOf(1)]])),
    },
  }))
  const segment = encodeSegment(states)
  const snapshot = openSnapshot({
    tip: 'a'.repeat(40),
    rows: segment.rows,
    heap: memoryHeap(segment.heap),
    overlays: [],
    problems: [],
    highestNumber: segment.highestNumber,
  })
  const member = { name, nicknames, role: null, tags: [], path: `/${name}`, url: null, description: '' }
  return { member, snapshot, workplace: null, problem: null, fetchedAt: null }
}

const idOf = (name: string, number: number) => ulidOf(name.charCodeAt(0) * 1000 + number)
/** @param as what it is stored with, where that is not its name */
const ref = (name: string, number: number, as = name) => `${as}/${idOf(name, number)}`
const [a, b, c] = ['akosha', 'buddy', 'crackerjack']

/** The snapshot of the first view, joined with the others. */
const firstOf = (...views: MemberView[]) => joinViews(views)[0]!.snapshot!

test('what is another’s goes by references with its proper name, what is the asking one’s by its id', () => {
  const asking = firstOf(
    view(c, ['cj', 'jack'], { 5: { dependsOn: [ref(a, 7)] } }),
    view(a, ['ak'], {
      7: { dependsOn: [ref(c, 5, 'CJ'), idOf(a, 8), ref(b, 1, 'bud'), ref('nowhere', 3)] },
      8: { parent: idOf(a, 7) },
    }),
    view(b, ['bud'], { 1: {} }),
  )
  const seven = asking.elsewhere.task(ref(a, 7, 'ak'))
  expect(seven).toMatchObject({ repository: a, id: ref(a, 7), number: 7, status: 'pending', deleted: false })
  expect([...seven!.dependsOn].sort()).toEqual([idOf(c, 5), ref(a, 8), ref(b, 1), ref('nowhere', 3)].sort())
  expect(asking.elsewhere.childrenOf(ref(a, 7))).toMatchObject([{ id: ref(a, 8), parent: ref(a, 7) }])
  expect(asking.elsewhere.task(ref(b, 2))).toBeUndefined()
  expect(asking.elsewhere.childrenOf(ref('nowhere', 2))).toEqual([])
})

test('a name comes before another’s nickname, and one outside of the federation has no own ids', () => {
  const seenFrom = neighbourhood([
    view(a, ['buddy'], { 1: { dependsOn: [ref(c, 1)] } }),
    view(b, [], { 1: {} }),
    view(c, [], { 1: {} }),
  ])
  expect(seenFrom(c).task(ref(b, 1))).toMatchObject({ repository: b })
  expect(seenFrom('').task(ref(a, 1))!.dependsOn).toEqual([ref(c, 1)])
})

test('only tasks with a dependency elsewhere are told to reach out', () => {
  const { snapshot } = view(c, [], {
    1: { dependsOn: [idOf(c, 2)] },
    2: {},
    3: { dependsOn: [idOf(c, 2), ref(a, 1)] },
  })
  expect(slotsReachingOut(snapshot!).map((slot) => snapshot!.number(slot))).toEqual([3])
})

describe('a cycle through other repositories is refused, with the way of it', () => {
  // biome-ignore format: a table
  test.each<[string, MemberView[], readonly string[], RegExp | null]>([
    ['there and back', [view(c, [], { 5: {} }), view(a, [], { 7: { dependsOn: [ref(c, 5)] } })], [idOf(c, 5), ref(a, 7)], /#5 → akosha#7 → #5/],
    ['over a third', [view(c, [], { 5: {}, 3: { dependsOn: [idOf(c, 5)] } }), view(a, [], { 7: { dependsOn: [ref(b, 2)] } }), view(b, [], { 2: { dependsOn: [ref(c, 3)] } })], [idOf(c, 5), ref(a, 7)], /#5 → akosha#7 → buddy#2 → #3 → #5/],
    ['of two tasks here, by another’s', [view(c, [], { 3: {}, 5: { dependsOn: [ref(a, 7)] } }), view(a, [], { 7: { dependsOn: [ref(c, 3)] } })], [idOf(c, 3), idOf(c, 5)], /#3 → #5 → akosha#7 → #3/],
    ['through a subtask there', [view(c, [], { 5: {} }), view(a, [], { 7: {}, 8: { parent: idOf(a, 7), dependsOn: [ref(c, 5)] } })], [idOf(c, 5), ref(a, 7)], /#5 → akosha#7 → akosha#8 → #5/],
    ['through a subtask here', [view(c, [], { 5: {}, 6: { parent: idOf(c, 5), dependsOn: [ref(a, 7)] } }), view(a, [], { 7: {}, 9: { dependsOn: [ref(c, 5)] } })], [idOf(c, 6), ref(a, 9)], /#6 → akosha#9 → #5 → #6/],
    ['by a name of former times', [view(c, ['jack'], { 5: {} }), view(a, [], { 7: { dependsOn: [ref(c, 5, 'jack')] } })], [idOf(c, 5), ref(a, 7)], /#5 → akosha#7 → #5/],
    ['none: a diamond', [view(c, [], { 5: { dependsOn: [ref(a, 7)] }, 6: {} }), view(a, [], { 7: { dependsOn: [ref(b, 1)] }, 8: { dependsOn: [ref(b, 1)] } }), view(b, [], { 1: {} })], [idOf(c, 5), ref(a, 8)], null],
    ['none that can be seen: a repository is not here', [view(c, [], { 5: {} }), view(a, [], { 7: { dependsOn: [ref('gone', 1)] } })], [idOf(c, 5), ref(a, 7)], null],
  ])('%s', (_, views, way, message) => {
    const decide = () => requireAcyclic(firstOf(...views), way, 'dependency')
    if (message) expect(decide).toThrow(message)
    else expect(decide).not.toThrow()
  })
})

test('what waits, and what is waited for no longer, on both sides', () => {
  const ended = { status: 'completed' as const }
  const views = [
    view(c, [], {
      1: { dependsOn: [ref(a, 1)] },
      2: { dependsOn: [ref(a, 2), idOf(c, 3)] },
      3: ended,
      4: { dependsOn: [ref('gone', 1)] },
    }),
    view(a, [], {
      1: ended,
      2: {},
      3: { dependsOn: [ref(c, 3)] },
      4: { dependsOn: [ref(c, 3), idOf(a, 2)] },
      5: { dependsOn: [ref(c, 3)], status: 'blocked' },
    }),
  ]
  const [here, there] = joinViews(views).map(({ snapshot }) => snapshot!)
  const all = Array.from({ length: here!.slots }, (_, slot) => slot)
  expect([...waitingOn(here!, all)].map(([slot, ids]) => [here!.number(slot), ids])).toEqual([
    [2, [ref(a, 2)]],
    [4, [ref('gone', 1)]],
  ])
  expect(unblockedBy(there!, [ref(c, 3)]).map((slot) => there!.number(slot))).toEqual([3])
  expect(unblockedBy(here!, [idOf(c, 3)])).toEqual([])
})

test('what is open in a cycle is never ready, through however many repositories it runs; an ended member breaks it', () => {
  const names = [a, b, c]
  // Two tasks in each repository: few, so that many of the graphs have cycles.
  const size = 6
  const at = (task: number) => ({ name: names[task % 3]!, number: 1 + Math.floor(task / 3) })
  const edges = fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), {
    maxLength: 10,
    selector: String,
  })
  const ended = fc.uniqueArray(fc.nat(size - 1), { maxLength: 2 })
  let cycles = 0
  fc.assert(
    fc.property(edges, ended, (edges, ended) => {
      const isOpen = (task: number) => !ended.includes(task)
      const needs = (from: number) => edges.flatMap(([start, to]) => (start === from && isOpen(to) ? to : []))
      const isInCycle = (task: number) => {
        const seen = new Set(needs(task))
        for (const next of seen) for (const further of needs(next)) seen.add(further)
        return seen.has(task)
      }
      const stored = (from: number, to: number) => {
        const [{ name }, there] = [at(from), at(to)]
        return name === there.name ? idOf(name, there.number) : ref(there.name, there.number)
      }
      const task = (each: number): Small => ({
        dependsOn: edges.flatMap(([start, to]) => (start === each ? stored(each, to) : [])),
        status: isOpen(each) ? 'pending' : 'completed',
      })
      const views = joinViews(names.map((name, i) => view(name, [], { 1: task(i), 2: task(i + 3) })))
      for (let each = 0; each < size; each++) {
        if (!isOpen(each)) continue
        const slot = Math.floor(each / 3)
        const isReady = readyTasks(views[each % 3]!.snapshot!, [slot]).length === 1
        if (isInCycle(each)) {
          cycles++
          expect(isReady).toBe(false)
        }
        expect(isReady).toBe(needs(each).length === 0)
      }
    }),
    runs(500),
  )
  expect(cycles).toBeGreaterThan(100)
})
