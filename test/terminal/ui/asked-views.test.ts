import { describe, expect, test } from 'vitest'
import { conflictRows, conflictsView } from '../../../src/terminal/ui/conflicts-view.ts'
import { gatesRows, gatesView } from '../../../src/terminal/ui/gates-view.ts'
import { graphRows, graphView } from '../../../src/terminal/ui/graph-view.ts'
import { saidOf } from '../../../src/terminal/ui/outcome.ts'
import { planRows, planView } from '../../../src/terminal/ui/plan-view.ts'
import { nextRows, predictionsView } from '../../../src/terminal/ui/predictions-view.ts'
import type { ViewRow } from '../../../src/terminal/ui/rows-view.tsx'
import type { UiState } from '../../../src/terminal/ui/state.ts'
import type { View } from '../../../src/terminal/ui/view.ts'
import { worktreeRows, worktreesView } from '../../../src/terminal/ui/worktrees-view.ts'
import { mhv, mhvJson } from '../../support/cli.ts'
import { cloneFor, mergeFrom } from '../../support/clones.ts'
import { federationOf } from '../../support/federation.ts'
import { gatedRepository } from '../../support/gates.ts'
import { demoWith } from '../../support/hand-made.ts'
import { keyed, textOfLine, uiIn, uiOver } from '../../support/ui-state.ts'
import { run, withEnvironment } from '../../support/use-tasks.ts'
import { put, startedTask } from '../../support/worktrees.ts'

/** What the command of a view answers, as the frame asks it. */
const answer = <S, D>(view: View<S, D>, ui: UiState, cwd: string): Promise<D> =>
  mhvJson(cwd, ...view.asks(ui)!)
const texts = (rows: readonly ViewRow[], width = 70) =>
  rows.flatMap((row) => row.lines(width).map(textOfLine))

/** #3 waits for #2, which waits for #1; #4 is alone. */
async function chain(): Promise<string> {
  const demo = await demoWith('Lay bricks', 'Build walls', 'Put on the roof', 'Paint the fence')
  await run(demo, 'task', 'depend', '2', '--on', '1')
  await run(demo, 'task', 'depend', '3', '--on', '2')
  await run(demo, 'task', 'edit', '1', '--estimate', '3h')
  return demo
}

test('the graph: what waits above what it waits for, each line with its task', async () => {
  const demo = await chain()
  const ui = await uiIn(demo)
  const data = await answer(graphView, ui, demo)
  expect(texts(graphRows(ui, data))).toEqual([
    '#3 pending Put on the roof',
    '└─ #2 pending Build walls',
    '   └─ #1 pending Lay bricks',
  ])
  const { focus } = keyed(graphView, ui, data, 'down')
  expect(ui.source.row(ui.source.entryOf(focus!)!).number).toBe(2)
})

test('the plan: the critical path, what can run now and all levels', async () => {
  const demo = await chain()
  const ui = await uiIn(demo)
  const data = await answer(planView, ui, demo)
  const lines = texts(planRows(ui, data)).map((line) => line.replaceAll(/ +/g, ' '))
  expect(lines).toEqual([
    '4 tasks in 3 levels',
    '15 h of work, 11 h at least',
    '',
    'Critical path, 11 h',
    '#1 pending 3 h path Lay bricks',
    '#2 pending 4* h path Build walls after #1',
    '#3 pending 4* h path Put on the roof after #2',
    '',
    'Can run now',
    '#1 pending 3 h path Lay bricks',
    '#4 pending 4* h +7 h Paint the fence',
    '',
    'Level 1',
    '#1 pending 3 h path Lay bricks',
    '#4 pending 4* h +7 h Paint the fence',
    '',
    'Level 2',
    '#2 pending 4* h path Build walls after #1',
    '',
    'Level 3',
    '#3 pending 4* h path Put on the roof after #2',
    '',
    'path: on the critical path',
    '+h: may begin that much later',
    '*: no estimate in time, so assumed',
  ])
  expect(keyed(planView, ui, data, 'down').focus).toBeNull()
  expect(keyed(planView, ui, data, 'down', 'down', 'down', 'down').focus).not.toBeNull()
})

test('of many tasks that can run now the first are named, in columns whatever their number', async () => {
  const demo = await demoWith(...Array.from({ length: 23 }, (_, i) => `Lay brick ${i + 1}`))
  const ui = await uiIn(demo)
  const lines = texts(planRows(ui, await answer(planView, ui, demo)))
  const now = lines.indexOf('Can run now')
  expect(lines[now + 21]).toBe('and 3 more')
  const named = lines.slice(now + 1, now + 21).filter((line) => /#(9|10) /.test(line))
  expect(named.map((line) => line.indexOf('pending'))).toEqual([4, 4])
})

test('the plan names what is in a cycle, and the command that ends it', async () => {
  const demo = await demoWith('One', 'Two')
  const other = await cloneFor(demo, 'Ben')
  await run(demo, 'task', 'depend', '2', '--on', '1')
  await run(other, 'task', 'depend', '1', '--on', '2')
  await mergeFrom(demo, other)
  const ui = await uiIn(demo)
  const data = await answer(planView, ui, demo)
  const lines = texts(planRows(ui, data))
  expect(lines).toContain('#1 One a cycle: waits for #2')
  expect(lines).toContain('cycle #1 → #2')
  const command = /ends with mhv (.*)$/.exec(lines.at(-1)!)![1]!
  await run(demo, ...command.split(' '))
  const later = await answer(planView, ui, demo)
  expect(texts(planRows(ui, later))).not.toContain('Cannot be planned')
})

describe('predictions', () => {
  test('tell what comes next, and why', async () => {
    const demo = await chain()
    const ui = await uiIn(demo)
    const data = await answer(predictionsView, ui, demo)
    expect(texts(nextRows(ui, data), 90).filter(Boolean)).toEqual([
      ' 1. #1 pending Lay bricks',
      expect.stringMatching(/^ {4}.*2 tasks wait for it/),
      ' 2. #4 pending Paint the fence',
      '    its priority is medium',
    ])
  })

  test('p asks for the prediction of the task', async () => {
    const demo = await chain()
    const ui = await uiIn(demo)
    const data = await answer(predictionsView, ui, demo)
    const { shows } = keyed(predictionsView, ui, data, 'down', 'p')
    expect(shows).toEqual(['predict', '4'])
    expect(await run(demo, ...shows!)).toContain('Paint the fence')
  })
})

test('worktrees: with their task and what is in them; r removes one', async () => {
  const { demo, worktree } = await startedTask()
  put(worktree, 'kept.txt', 'changed')
  put(worktree, 'new.txt', 'new')
  await mhv(demo, 'tc', 'Elsewhere')
  await mhv(demo, 'start', '2', '--no-worktree')
  const ui = await uiIn(demo)
  const data = await answer(worktreesView, ui, demo)
  const lines = texts(worktreeRows(ui, data))
  expect(lines[0]).toMatch(/^\S+$/)
  expect(lines[1]).toMatch(/main/)
  expect(lines[2]).toMatch(/^#1 in_progress Fix auth bug$/)
  expect(lines[3]).toMatch(/^ {4}task\/1 .*1-fix-auth-bug +1 changed, 1 new, no work yet$/)
  expect(lines[4]).toBe('#2 is in progress without a worktree here: Elsewhere')
  expect(keyed(worktreesView, ui, data, 'r').runs).toBeUndefined()
  expect(keyed(worktreesView, ui, data, 'down', 'r').runs).toEqual({
    title: 'Remove the worktree of #1',
    did: 'Removed the worktree of #1; u, or mhv worktree undo 1, brings it back',
    commands: [['worktree', 'remove', '1']],
    undo: {
      title: 'Bring the worktree of #1 back',
      did: 'Brought the worktree of #1 back',
      commands: [['worktree', 'undo', '1']],
    },
  })
})

test('worktrees of several repositories: without a task, by the repository', async () => {
  const { directory, at } = await federationOf({ akosha: [], mtos: [] })
  const ones = await Promise.all(['akosha', 'mtos'].map((name) => uiIn(at(name))))
  const ui = uiOver(...ones.flatMap(({ source }) => source.places))
  const lines = texts(worktreeRows(ui, await answer(worktreesView, ui, directory)))
  expect([lines[0], lines[2]]).toEqual([
    expect.stringMatching(/^akosha \S+$/),
    expect.stringMatching(/^mtos \S+$/),
  ])
})

test('gates: what they said of tasks that failed and ended; r runs them', async () => {
  const demo = await gatedRepository([
    { name: 'style', command: 'true' },
    { name: 'test', command: 'test -e ok' },
  ])
  await run(demo, 'tc', 'Fix auth bug')
  await run(demo, 'tc', 'Write notes')
  await run(demo, 'tc', 'Pending')
  const { worktree } = await mhvJson(demo, 'start', '1')
  await run(demo, 'start', '2')
  put(worktree, 'x', 'x')
  expect((await mhv(worktree, 'done', '1')).code).toBe(3)
  const ui = await uiIn(demo)
  expect(texts(gatesRows(ui))).toEqual([
    '#1 failed Fix auth bug',
    expect.stringMatching(/^ {4}style +passed$/),
    expect.stringMatching(/^ {4}test +failed$/),
    '#2 in_progress Write notes',
    '    none recorded yet: d, which completes the task, records what they say',
  ])
  for (const argvs of [[['task', 'complete', '9,2']], [['gate', 'run', '2', '--no-cache']]]) {
    const [first, second] = gatesRows({ ...ui, running: 'x', argvs }).map((row) => texts([row]))
    expect(first).toHaveLength(3)
    expect(second).toEqual(['#2 in_progress Write notes', '    running now: v shows it'])
  }
  expect(texts(gatesRows({ ...ui, argvs: [['gate', 'run', '2']] }))).toHaveLength(5)
  expect(keyed(gatesView, ui, null, 'r').shows).toEqual(['gate', 'run', '1'])
  expect(keyed(gatesView, ui, null, 'down', 'N').shows).toEqual(['gate', 'run', '2', '--no-cache'])
})

describe('conflicts', () => {
  async function clashing(): Promise<string> {
    withEnvironment({ MHV_NOW: '2026-11-20T10:00:00.000Z' })
    const demo = await demoWith('Fix auth bug')
    const other = await cloneFor(demo, 'Ben')
    await run(demo, 'task', 'edit', '1', '--title', 'Anns')
    withEnvironment({ MHV_NOW: '2026-11-20T10:01:00.000Z' })
    await run(other, 'task', 'edit', '1', '--title', 'Bens')
    await mergeFrom(demo, other)
    return demo
  }

  test('say what lost and what won', async () => {
    const demo = await clashing()
    const ui = await uiIn(demo)
    expect(texts(conflictRows(ui, await answer(conflictsView, ui, demo)))).toEqual([
      '#1 title Bens',
      '    lost “Anns” by Ann, 2026-11-20 10:00',
      '    won  “Bens” by Ben, 2026-11-20 10:01',
    ])
  })

  test.each([
    ['t', 'Anns'],
    ['K', 'Bens'],
  ])('%s settles one', async (key, title) => {
    const demo = await clashing()
    const ui = await uiIn(demo)
    const { runs } = keyed(conflictsView, ui, await answer(conflictsView, ui, demo), key)
    const documents = await Promise.all(runs!.commands.map((argv) => mhvJson(demo, ...argv)))
    expect(runs!.title).toMatch(/^(Take what lost|Keep what won) of #1$/)
    expect(saidOf(runs!.did, documents, false)).toBe(
      `${key === 't' ? 'Took what lost' : 'Kept what won'} of #1 ${title} (pending)`,
    )
    const later = await uiIn(demo)
    expect(conflictRows(later, await answer(conflictsView, later, demo))).toEqual([])
    expect((await mhvJson(demo, 'task', 'show', '1')).task.title).toBe(title)
  })
})
