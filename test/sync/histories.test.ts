import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MhvError } from '../../src/errors.ts'
import { type MemoryObjects, memoryObjects } from '../../src/store/memory-objects.ts'
import type { MemoryRepository } from '../../src/store/memory-store.ts'
import { memoryRepository } from '../../src/store/memory-store.ts'
import { taskPath } from '../../src/store/task-path.ts'
import type { TaskStore } from '../../src/store/task-store.ts'
import { readRemoteSettings, remotePlaces } from '../../src/sync/remote-places.ts'
import { settleNumbers } from '../../src/sync/settle-numbers.ts'
import { syncRepository } from '../../src/sync/sync-repository.ts'
import type { Environment } from '../../src/tasks/seal.ts'
import {
  countingEnvironment,
  type GitHarness,
  gitHarness,
  memoryHarness,
  type StoreHarness,
} from '../store/harness.ts'
import { anyChange, change, type Happening, idsOf } from '../store/random-history.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

const long = process.env.MHV_LONG !== undefined
const YEAR = 365 * 86_400_000

/** A clone with a clock of its own, which may be years off. */
interface Clone {
  readonly harness: StoreHarness
  readonly store: TaskStore
}

function clocked(off: number, shared: Environment): Environment {
  return {
    actor: shared.actor,
    newId: shared.newId,
    get now() {
      return new Date(Date.parse(shared.now) + off).toISOString()
    },
  }
}

/** How a delivery goes: as it should, after which the push is lost, or of what the remote had some time ago. */
type Delivery = 'whole' | 'push lost' | 'late' | 'twice'

type Step =
  | { readonly what: 'change'; readonly happening: Happening }
  | { readonly what: 'sync'; readonly clone: number; readonly remote: number; readonly how: Delivery }

interface History {
  readonly clones: number
  readonly remotes: number
  readonly clocks: readonly number[]
  readonly steps: readonly Step[]
}

const histories = (mostClones: number, mostSteps: number): fc.Arbitrary<History> =>
  fc
    .record({ clones: fc.integer({ min: 2, max: mostClones }), remotes: fc.integer({ min: 1, max: 3 }) })
    .chain(({ clones, remotes }) =>
      fc.record({
        clones: fc.constant(clones),
        remotes: fc.constant(remotes),
        clocks: fc.array(fc.constantFrom(0, 0, 0, -9 * YEAR, 7 * YEAR, 61_000), {
          minLength: clones,
          maxLength: clones,
        }),
        steps: fc.array(
          fc.oneof(
            {
              weight: 3,
              arbitrary: anyChange(clones).map((happening) => ({ what: 'change' as const, happening })),
            },
            {
              weight: 2,
              arbitrary: fc.record({
                what: fc.constant('sync' as const),
                clone: fc.nat(clones - 1),
                remote: fc.nat(remotes - 1),
                how: fc.constantFrom<Delivery>('whole', 'whole', 'whole', 'push lost', 'late', 'twice'),
              }),
            },
          ),
          { minLength: Math.floor(mostSteps / 3), maxLength: mostSteps, size: 'max' },
        ),
      }),
    )

/** A remote remembers what it had, for deliveries that come late. */
class Remote {
  readonly repository: MemoryRepository
  readonly tips: string[] = []

  constructor(objects: MemoryObjects) {
    this.repository = memoryRepository('remote', objects)
  }

  /** Takes a tip that follows what is there, as a server does with a push that is not forced. */
  push(tip: string): boolean {
    const { tip: now } = this.repository
    if (now !== null && !this.repository.objects.isAncestor(now, tip)) return false
    this.repository.tip = tip
    this.tips.push(tip)
    return true
  }
}

/** What `mhv sync` does, with objects that are everywhere: fetch, merge, settle numbers with the main remote, push. */
async function sync(
  { harness, store }: Clone,
  remote: Remote,
  isMain: boolean,
  how: Delivery,
): Promise<void> {
  const { objects } = remote.repository
  const late = how === 'late' ? remote.tips[remote.tips.length >> 1] : undefined
  const theirs = late ?? remote.repository.tip
  const treeOf = (tip: string | null) => tip && objects.commit(tip).treeId
  if (theirs && treeOf(theirs) !== treeOf(await harness.tip())) {
    for (let times = how === 'twice' ? 2 : 1; times > 0; times--) {
      if ((await store.merge(await store.view(), theirs)) === 'moved')
        throw new Error('nobody else writes here')
    }
  }
  if (isMain) {
    const held = async (ids: readonly string[]) =>
      new Set(theirs ? ids.filter((id) => objects.commit(theirs).files.has(taskPath(id))) : [])
    await settleNumbers(store, held, harness.environment)
  }
  const ours = (await harness.tip())!
  if (how !== 'push lost' && treeOf(ours) !== treeOf(remote.repository.tip)) remote.push(ours)
}

/** Clones and their remotes, of which the first is everybody's main one. */
interface World {
  readonly clones: readonly Clone[]
  readonly remotes: number
  sync(clone: number, remote: number, how: Delivery): Promise<void>
  /** The trees of all clones and remotes. */
  trees(): Promise<string[]>
  /** The tips of all clones and remotes. */
  tips(): Promise<(string | null)[]>
}

function inMemory({ clocks, remotes: count }: History): World {
  const shared = countingEnvironment()
  const objects = memoryObjects()
  const clones = clocks.map((off) => {
    const harness = memoryHarness(memoryRepository('memory', objects), clocked(off, shared))
    return { harness, store: harness.open() }
  })
  const remotes = Array.from({ length: count }, () => new Remote(objects))
  const tips = async () => [
    ...(await Promise.all(clones.map(({ harness }) => harness.tip()))),
    ...remotes.map(({ repository }) => repository.tip),
  ]
  return {
    clones,
    remotes: count,
    sync: (clone, remote, how) => sync(clones[clone]!, remotes[remote]!, remote === 0, how),
    tips,
    trees: async () => (await tips()).map((tip) => objects.commit(tip!).treeId),
  }
}

/** Real repositories and the real sync; what comes late is what a plain git fetch had brought before. */
async function inGit({ clocks, remotes: count }: History): Promise<World> {
  const shared = countingEnvironment()
  const remotes = Array.from({ length: count }, () => temporaryDirectory())
  for (const remote of remotes) git(remote, 'init', '--quiet', '--bare')
  const clones: (Clone & { readonly harness: GitHarness })[] = []
  for (const off of clocks) {
    const harness = await gitHarness(clocked(off, shared))
    for (const [i, remote] of remotes.entries()) git(harness.directory, 'remote', 'add', `remote${i}`, remote)
    git(harness.directory, 'config', 'mtos.remote', 'remote0')
    clones.push({ harness, store: harness.open() })
  }
  const places = [...clones.map(({ harness }) => harness.directory), ...remotes]
  const ask = (revision: string) => places.map((place) => git(place, 'rev-parse', revision))
  return {
    clones,
    remotes: count,
    async sync(clone, remote, how) {
      const { harness, store } = clones[clone]!
      if (how === 'late') {
        git(harness.directory, 'fetch', '--quiet', `remote${remote}`)
        return
      }
      const settings = await readRemoteSettings(harness.repository)
      const places = await remotePlaces(harness.repository, `remote${remote}`, settings)
      await syncRepository(harness.repository, store, places, {
        now: harness.environment.now,
        environment: async () => harness.environment,
      })
    },
    tips: async () => ask('refs/mtos/tasks'),
    trees: async () => ask('refs/mtos/tasks^{tree}'),
  }
}

interface Acknowledged {
  /** Ids of events by task. */
  readonly events: Map<string, Set<string>>
  /** Numbers by task that somebody was told. */
  readonly numbers: Map<string, Set<number>>
}

function add<K, V>(map: Map<K, Set<V>>, key: K, values: Iterable<V>): void {
  const set = map.get(key) ?? new Set<V>()
  for (const value of values) set.add(value)
  map.set(key, set)
}

async function play(history: History, { clones, sync }: World): Promise<Acknowledged> {
  const told: Acknowledged = { events: new Map(), numbers: new Map() }
  const imported = new Set<string>()
  for (const step of history.steps) {
    if (step.what === 'sync') {
      await sync(step.clone, step.remote, step.how)
      continue
    }
    const { harness, store } = clones[step.happening.clone]!
    try {
      const id = await change(harness, store, step.happening)
      if (!id) continue
      const { log, task } = (await store.load(await store.view(), [id])).get(id)!
      add(
        told.events,
        id,
        log.events.map((event) => event.id),
      )
      if (step.happening.kind === 'import') imported.add(id)
      // What several clones import under one id has the number that one of them gave it.
      if (!imported.has(id)) add(told.numbers, id, [task.number])
    } catch (error) {
      // A command that the task's state refuses is part of life; anything else is not.
      if (!(error instanceof MhvError)) throw error
    }
  }
  return told
}

/** Lets everybody sync with everything until nothing moves. */
async function untilAtRest({ clones, remotes, sync, tips }: World): Promise<void> {
  for (let round = 1; round < 20; round++) {
    const before = JSON.stringify(await tips().catch(() => round))
    for (const clone of clones.keys()) {
      for (let remote = 0; remote < remotes; remote++) await sync(clone, remote, 'whole')
    }
    if (JSON.stringify(await tips()) === before) return
  }
  throw new Error('they do not come to rest')
}

/** Plays a history to its end, and holds the promises of sync against what came out. */
async function keepsItsPromises(history: History, world: World): Promise<void> {
  for (const { harness } of world.clones) await harness.begin()
  const told = await play(history, world)
  await untilAtRest(world)
  expect(new Set(await world.trees()).size).toBe(1)
  const { store } = world.clones[0]!
  const view = await store.view()
  expect(view.problems).toEqual([])
  const logs = await store.load(view, idsOf(view))
  for (const [id, events] of told.events) {
    const read = logs.get(id)!
    expect(read.faults).toEqual([])
    const kept = new Set(read.log.events.map((event) => event.id))
    expect([...events].filter((event) => !kept.has(event))).toEqual([])
  }
  // A number means one task, and whoever wrote down an earlier one still finds the task by it.
  const numbers = [...logs.values()].map(({ task }) => task.number)
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const [id, own] of told.numbers) {
    const { task } = logs.get(id)!
    expect([...own].filter((number) => number !== task.number && !task.aliases.includes(number))).toEqual([])
  }
}

test(
  'whatever happens in clones and between them and their remotes, all hold the same in the end, and nothing is lost',
  async () => {
    await fc.assert(
      fc.asyncProperty(histories(6, 60), (history) => keepsItsPromises(history, inMemory(history))),
      { seed: 1, numRuns: long ? 20_000 : 120 },
    )
  },
  long ? 7_200_000 : 120_000,
)

test(
  'so it is with real repositories',
  async () => {
    await fc.assert(
      fc.asyncProperty(histories(3, 16), async (history) => keepsItsPromises(history, await inGit(history))),
      { seed: 1, numRuns: long ? 200 : 6 },
    )
  },
  long ? 7_200_000 : 120_000,
)
