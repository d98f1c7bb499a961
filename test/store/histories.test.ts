import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { create, gitHarness, memoryHarness, type StoreHarness } from './harness.ts'
import { happenings, idsOf, play, pull } from './random-history.ts'

const CLONES = 4
const long = process.env.MHV_LONG !== undefined
const settings = (numRuns: number, inLong: number) => ({ seed: 1, numRuns: long ? inLong : numRuns })
const TIME = long ? 3_600_000 : 120_000

async function fleet(first: StoreHarness): Promise<StoreHarness[]> {
  await first.begin()
  // Two tasks that all clones know from the start, so that they soon change the same ones.
  for (const title of ['one', 'two']) await create(first, title)
  const others = Array.from({ length: CLONES - 1 }, () => first.clone())
  return [first, ...(await Promise.all(others))]
}

const tasksOf = (view: Snapshot) => idsOf(view).map((id) => view.json(view.slotOfId(id)!).toString('utf8'))

/** The tree that some clones' logs make when they are merged one after the other. The clones stay as they are. */
async function united(
  clones: readonly StoreHarness[],
): Promise<{ tip: string; tree: string; copy: StoreHarness }> {
  const copy = await clones[0]!.clone()
  for (const other of clones.slice(1)) await pull(copy, other)
  const tip = (await copy.tip())!
  return { tip, tree: await copy.treeId(tip), copy }
}

test(
  'merging is commutative, associative and idempotent, whatever happened in the clones',
  async () => {
    await fc.assert(
      fc.asyncProperty(happenings(CLONES, 60), async (script) => {
        const clones = await fleet(memoryHarness())
        await play(clones, script)
        const [a, b, c] = clones as [StoreHarness, StoreHarness, StoreHarness]
        const [ab, ba] = [await united([a, b]), await united([b, a])]
        expect(ba.tip).toBe(ab.tip)
        const bc = await united([b, c])
        expect((await united([ab.copy, c])).tree).toBe((await united([a, bc.copy])).tree)
        expect((await pull(ab.copy, a)).how).toBe('there')
        expect((await pull(ab.copy, ba.copy)).how).toBe('there')
        expect((await united([a, a])).tip).toBe(await a.tip())
      }),
      settings(100, 5000),
    )
  },
  TIME,
)

test(
  'clones that have exchanged everything, in any order and twice, hold one tree with every event in it',
  async () => {
    const order = fc.array(fc.tuple(fc.nat(CLONES - 1), fc.nat(CLONES - 1)), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(happenings(CLONES, 60), order, async (script, exchanges) => {
        const clones = await fleet(memoryHarness())
        const acknowledged = await play(clones, script)
        for (const [into, from] of [...exchanges, ...exchanges]) await pull(clones[into]!, clones[from]!)
        // However the exchange began, going once around and back reaches everybody, and then all is at rest.
        const [first, ...others] = clones as [StoreHarness, ...StoreHarness[]]
        for (const other of others) await pull(first, other)
        for (const other of others) expect((await pull(other, first)).how).not.toBe('merged')
        expect(new Set(await Promise.all(clones.map((clone) => clone.tip()))).size).toBe(1)
        const store = first.open()
        const view = await store.view()
        expect(view.problems).toEqual([])
        const logs = await store.load(view, idsOf(view))
        for (const [id, { faults, log }] of logs) {
          expect(faults).toEqual([])
          expect(new Set(log.events.map((event) => event.id)).size).toBe(log.events.length)
          expect([...(acknowledged.get(id) ?? [])].every((e) => log.events.some(({ id }) => id === e))).toBe(
            true,
          )
        }
        expect([...acknowledged.keys()].every((id) => logs.has(id))).toBe(true)
      }),
      settings(100, 5000),
    )
  },
  TIME,
)

test(
  'the same history in real repositories, with real fetches, gets the same commits as in memory',
  async () => {
    // The offset in a commit is that of the machine's clock: a zone without summer time, the memory store's.
    const zone = process.env.TZ
    process.env.TZ = 'UTC-1'
    onTestFinished(() => {
      process.env.TZ = zone
    })
    await fc.assert(
      fc.asyncProperty(happenings(CLONES, 24), async (script) => {
        const [inMemory, inGit] = [await fleet(memoryHarness()), await fleet(await gitHarness())]
        await play(inMemory, script)
        await play(inGit, script)
        for (const [i, clone] of inGit.entries()) {
          expect(await clone.tip()).toBe(await inMemory[i]!.tip())
          // The index that grew with the history says what a view made from nothing says.
          expect(tasksOf(await clone.open().view())).toEqual(tasksOf(await inMemory[i]!.open().view()))
        }
        const [expected, got] = [await united(inMemory), await united([...inGit].reverse())]
        expect(got.tree).toBe(expected.tree)
        expect((await united(inGit)).tip).toBe(expected.tip)
        const [a, b] = [await expected.copy.open().view(), await got.copy.open().view()]
        expect(tasksOf(b)).toEqual(tasksOf(a))
        expect(b.problems).toEqual(a.problems)
        expect(b.nextNumber).toBe(a.nextNumber)
      }),
      settings(4, 150),
    )
  },
  TIME,
)
