import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { dependOn, idOf, linkedRepositories } from '../support/linked-repositories.ts'

async function federation() {
  const top = await linkedRepositories('one', 'two')
  const [one, two] = [join(top, 'one'), join(top, 'two')]
  await mhv(one, 'tc', 'Base', '-e', '2h')
  await mhv(one, 'tc', 'Aside')
  await mhv(two, 'tc', 'Top', '-e', '1pt')
  await dependOn(two, 1, `one/${await idOf(one, 1)}`)
  return { top, one, two }
}

test('a plan over repositories: the critical path, levels, what can run now, and what lengths rest on', async () => {
  const { top, two } = await federation()
  const plan = await mhvJson(top, 'plan', '--all')
  expect(plan).toMatchObject({
    schema: 1,
    hours: 6,
    work_hours: 10,
    assumed: { hours_without_estimate: 4, hours_per_point: 4, without_estimate: 1, in_points: 1 },
    critical_path: ['one#1', 'two#1'],
    now: ['one#1', 'one#2'],
    cycles: [],
    unplanned: [],
  })
  const levels = plan.levels.map((level: { ref: string; slack: number; after: string[] }[]) =>
    level.map(({ ref, slack, after }) => [ref, slack, after]),
  )
  expect(levels).toEqual([
    [
      ['one#1', 0, []],
      ['one#2', 2, []],
    ],
    [['two#1', 0, ['one#1']]],
  ])
  const { out } = await mhv(two, 'plan')
  expect(out).toBe(`2 tasks in 2 levels, 6 h of work, 6 h at least.
A point, in which 1 task is estimated, counts as 4 h.

Critical path, 6 h:
  one#1 Base, 2 h
  #1 Top, 4 h (points)

Can run now: one#1

LEVEL  TASK   STATUS   PRIORITY  TITLE  HOURS     SLACK  AFTER
    1  one#1  pending  medium    Base       2  critical
    2  #1     waiting  medium    Top       4*  critical  one#1
`)
})

test('cycles and what is not here are told with the way out, and nobody else’s plan suffers', async () => {
  const { one, two, top } = await federation()
  await dependOn(one, 1, `two/${await idOf(two, 1)}`)
  await mhv(two, 'tc', 'Lost')
  await dependOn(two, 2, 'nowhere/01JF3ZK4Q8M6W2T5V700000001')
  await mhv(two, 'tc', 'Behind', '--depends-on', '2,1')
  await dependOn(two, 3, 'gone/01JF3ZK4Q8M6W2T5V700000002')
  const { code, out } = await mhv(top, 'plan', '--all')
  expect(code).toBe(0)
  expect(out).toContain('Can run now: one#2\n')
  expect(out).toContain(`Cannot be planned:
  one#1 Base: waits for two#1, a cycle
  two#1 Top: waits for one#1, a cycle
  two#2 Lost: waits for nowhere/01JF3ZK4Q8M6W2T5V700000001, which is not here
  two#3 Behind: waits for gone/01JF3ZK4Q8M6W2T5V700000002, which is not here; two#1, two#2, which cannot be planned
Cycle: one#1 → two#1 → one#1. To break it:
  mhv task depend one#1 --on two#1 --remove`)
})

test('where nothing is open there is nothing to plan', async () => {
  const { one } = await federation()
  await mhv(one, 'task', 'cancel', '1,2', '--reason', 'no')
  const { code, out, err } = await mhv(one, 'plan')
  expect([code, out, err]).toEqual([0, '', 'No task is open\n'])
  expect((await mhvJson(one, 'plan')).levels).toEqual([])
})
