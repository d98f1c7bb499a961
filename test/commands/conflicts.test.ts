import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { cloneFor, mergeFrom } from '../support/clones.ts'
import { demoWith, tipOf } from '../support/hand-made.ts'
import { git } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'
import { expectWhole } from '../support/whole.ts'

/** Ann's clone after it has merged Ben's, who edited the same tasks a minute later without knowing of her edits. */
async function clashing(ann: readonly string[][], ben: readonly string[][]): Promise<string> {
  withEnvironment({ MHV_NOW: '2026-11-20T10:00:00.000Z' })
  const demo = await demoWith('Fix auth bug', 'Write notes', 'Untouched')
  const other = await cloneFor(demo, 'Ben')
  for (const argv of ann) await run(demo, ...argv)
  withEnvironment({ MHV_NOW: '2026-11-20T10:01:00.000Z' })
  for (const argv of ben) await run(other, ...argv)
  await mergeFrom(demo, other)
  return demo
}

const edit = (...flags: string[]) => ['task', 'edit', '1', ...flags]

test('a lost edit is listed with both sides and the command that takes it back, which works when pasted', async () => {
  const demo = await clashing(
    [edit('--title', 'Anns')],
    [edit('--title', 'Bens'), ['task', 'comment', '2', 'x']],
  )
  const { out } = await mhv(demo, 'conflicts')
  expect(out).toMatch(
    /^#\s+FIELD\s+LOST\s+BY\s+WON\s+BY\s+TAKE BACK\n1\s+title\s+Anns\s+Ann, 2026-11-20T10:00Z\s+Bens\s+Ben, 2026-11-20T10:01Z\s+mhv conflicts 1 --take \w{8,26}\n$/,
  )
  const { conflicts, total, problems } = await mhvJson(demo, 'conflicts')
  expect([total, problems]).toEqual([1, []])
  expect(conflicts[0]).toMatchObject({
    task: 'demo#1',
    title: 'Bens',
    field: 'title',
    lost: { kind: 'TaskEdited', by: 'Ann <ann@example.com>', value: 'Anns' },
    won: { by: 'Ben <ben@example.com>', value: 'Bens', at: '2026-11-20T10:01:00.000Z' },
    settled_by: null,
  })
  const said = await run(demo, ...conflicts[0].take.split(' ').slice(1))
  expect(said).toBe('#1 has what Ann, 2026-11-20T10:00Z set (title: Bens → Anns): Anns\n')
  expect(await run(demo, 'conflicts')).toBe('No concurrent change has lost that is not settled.\n')
  const settled = await mhvJson(demo, 'conflicts', '--settled')
  expect(settled.conflicts).toMatchObject([{ settled_by: { kind: 'TaskEdited' }, take: null }])
  expect(await run(demo, 'conflicts', '--settled')).toContain('settled: Ann, 2026-11-20T10:01Z')
  await expectWhole(demo)
})

test('of an event that lost several fields, one or all are taken back', async () => {
  const both = (title: string, priority: string) => [edit('--title', title, '--priority', priority)]
  const demo = await clashing(both('Anns', 'low'), both('Bens', 'high'))
  const { conflicts } = await mhvJson(demo, 'conflicts', '1')
  expect(conflicts.map(({ take }: { take: string }) => take.split(':')[1])).toEqual(['title', 'priority'])
  await run(demo, ...conflicts[1].take.split(' ').slice(1))
  expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({ title: 'Bens', priority: 'low' })
  const left = await mhvJson(demo, 'conflicts', '--take', conflicts[0].lost.event)
  expect(left).toMatchObject({ changed: true, task: { title: 'Anns', priority: 'low' } })
  expect((await mhvJson(demo, 'conflicts')).total).toBe(0)
})

test('what won is kept, and then nothing is open', async () => {
  const demo = await clashing([['task', 'assign', '1', 'ann']], [['task', 'assign', '1', 'ben']])
  const { conflicts } = await mhvJson(demo, 'conflicts')
  expect(await run(demo, ...conflicts[0].keep.split(' ').slice(1))).toMatch(
    /^#1 keeps what Ben, .*assignee: ben/,
  )
  expect((await mhvJson(demo, 'task', 'show', '1')).task.assignee).toBe('ben')
  expect((await mhvJson(demo, 'conflicts')).total).toBe(0)
  await expectWhole(demo)
})

test('a status is taken back by way of others, in one command, and an undo opens the matter again', async () => {
  const demo = await clashing([['start', '1', '--no-worktree']], [['task', 'cancel', '1', '--reason', 'no']])
  const { conflicts } = await mhvJson(demo, 'conflicts')
  expect(conflicts).toMatchObject([
    { field: 'status', lost: { value: 'in_progress' }, won: { value: 'cancelled' } },
  ])
  await run(demo, ...conflicts[0].take.split(' ').slice(1))
  const { events } = (await mhvJson(demo, 'task', 'history', '1')).history
  expect(events.slice(-2)).toMatchObject([{ kind: 'TaskReopened' }, { kind: 'TaskStarted' }])
  expect((await mhvJson(demo, 'conflicts')).total).toBe(0)
  await run(demo, 'undo', '1')
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('cancelled')
  expect((await mhvJson(demo, 'conflicts')).conflicts).toMatchObject([{ field: 'status' }])
  await expectWhole(demo)
})

test('what is refused to anybody is refused to a taking back, and nothing is written', async () => {
  const theirs = [
    ['task', 'depend', '1', '--on', '2'],
    ['task', 'cancel', '1', '--reason', 'no'],
  ]
  const demo = await clashing([['done', '1']], theirs)
  const tip = tipOf(demo)
  const [conflict] = (await mhvJson(demo, 'conflicts')).conflicts
  const { error } = await mhvJson(demo, ...conflict.take.split(' ').slice(1))
  expect(error).toMatchObject({ name: 'INCOMPLETE' })
  expect(tipOf(demo)).toBe(tip)
})

test('taking, or keeping, twice changes nothing', async () => {
  const demo = await clashing([edit('--title', 'Anns')], [edit('--title', 'Bens')])
  const [conflict] = (await mhvJson(demo, 'conflicts')).conflicts
  const [take, keep] = [conflict.take, conflict.keep].map((line: string) => line.split(' ').slice(1))
  await run(demo, ...take!)
  const tip = tipOf(demo)
  expect(await run(demo, ...take!)).toBe('#1 is so already: Anns\n')
  expect(tipOf(demo)).toBe(tip)
  expect((await mhvJson(demo, ...keep!)).error.message).toContain('was settled by Ann')
})

test('names that mean nothing, or something settled, are refused', async () => {
  const demo = await clashing([edit('--title', 'Anns')], [edit('--title', 'Bens')])
  expect(await mhvJson(demo, 'conflicts', '--take', '7ZZZZZZZZZ')).toMatchObject({
    error: { name: 'CONFLICT_NOT_FOUND' },
  })
  const [conflict] = (await mhvJson(demo, 'conflicts')).conflicts
  await run(demo, ...edit('--title', 'Both'))
  const { error } = await mhvJson(demo, 'conflicts', '1', '--take', conflict.lost.event)
  expect(error.message).toContain('was settled by Ann')
  expect((await mhv(demo, 'conflicts', '--take', 'x', '--keep', 'y')).code).toBe(2)
})

test('an undo takes a keeping back, of whichever field, and not what came before it', async () => {
  const mine = [
    edit('--title', 'Anns', '--priority', 'low'),
    ['task', 'assign', '1', 'ann'],
    ['done', '1'],
    ['task', 'edit', '3', '--title', 'Touched'],
  ]
  const theirs = [
    edit('--title', 'Bens', '--priority', 'high'),
    ['task', 'assign', '1', 'ben'],
    ['task', 'cancel', '1', '--reason', 'no'],
  ]
  const demo = await clashing(mine, theirs)
  const { conflicts } = await mhvJson(demo, 'conflicts')
  expect(conflicts.map(({ field }: { field: string }) => field)).toEqual([
    'title',
    'priority',
    'assignee',
    'status',
  ])
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  for (const { keep, field } of conflicts) {
    await run(demo, ...keep.split(' ').slice(1))
    expect((await mhvJson(demo, 'conflicts')).total, field).toBe(3)
    expect(await run(demo, 'undo')).toContain('#1')
    expect(await mhvJson(demo, 'conflicts'), field).toMatchObject({ conflicts })
  }
  const { status, assignee, title, priority, reason } = task
  const now = (await mhvJson(demo, 'task', 'show', '1')).task
  expect(now).toMatchObject({ status, assignee, title, priority, reason })
  expect(await run(demo, 'undo')).toContain('#3')
  await expectWhole(demo)
})

test('an undo of a keeping leaves what somebody has set since', async () => {
  const demo = await clashing([edit('--title', 'Anns')], [edit('--title', 'Bens')])
  const [conflict] = (await mhvJson(demo, 'conflicts')).conflicts
  await run(demo, ...conflict.keep.split(' ').slice(1))
  const other = await cloneFor(demo, 'Ben')
  await run(other, ...edit('--title', 'Later'))
  await mergeFrom(demo, other)
  expect((await mhvJson(demo, 'undo')).error.message).toContain('Ben <ben@example.com> changed title since')
  expect((await mhvJson(demo, 'task', 'show', '1')).task.title).toBe('Later')
})

test('in a shallow clone, which has no merges, they are found all the same', async () => {
  const demo = await clashing([edit('--title', 'Anns')], [edit('--title', 'Bens')])
  const shallow = await cloneFor(await demoWith(), 'Eva')
  git(shallow, 'fetch', '--quiet', '--depth=1', `file://${demo}`, '+refs/mtos/tasks:refs/mtos/tasks')
  expect(git(shallow, 'rev-list', '--count', 'refs/mtos/tasks')).toBe('1')
  expect((await mhvJson(shallow, 'conflicts')).total).toBe(1)
})

test('a lone log has none', async () => {
  const demo = await demoWith('One')
  expect(await mhvJson(demo, 'conflicts')).toEqual({ schema: 1, conflicts: [], total: 0, problems: [] })
})
