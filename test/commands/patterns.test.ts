import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

test('of an empty log there are no patterns, which is said', async () => {
  const directory = temporaryRepository()
  await run(directory, 'init')
  expect(await mhvJson(directory, 'patterns')).toMatchObject({
    schema: 1,
    blockers: [],
    slow_scopes: [],
    failing_gates: [],
    flaky_gates: [],
    ageing: [],
    people: 'left out',
  })
  expect((await mhv(directory, 'patterns')).out).toContain('No reason has blocked tasks twice.')
})

test('reasons that block again and again, with what helped', async () => {
  const directory = temporaryRepository()
  await run(directory, 'init')
  for (const [title, reason] of [
    ['One', 'Waiting for the vendor'],
    ['Two', 'waiting for vendor'],
    ['Three', 'broken build'],
  ] as const) {
    const { task } = await mhvJson(directory, 'tc', title)
    await run(directory, 'task', 'block', `${task.number}`, '--reason', reason)
  }
  await run(directory, 'task', 'comment', '1', 'called them')
  await run(directory, 'task', 'unblock', '1')
  const { blockers } = await mhvJson(directory, 'patterns')
  expect(blockers).toMatchObject([{ count: 2, helped: ['called them'] }])
  expect(blockers[0].tasks.sort()).toEqual(['demo#1', 'demo#2'])
  expect((await mhv(directory, 'patterns')).out).toMatch(
    / {2}2 × “.*vendor”: demo#\d, demo#\d; .*helped: called them\n/i,
  )
})

test('a gate that passes and fails on the same files is flaky', async () => {
  const directory = temporaryRepository()
  await run(directory, 'init')
  const outside = join(directory, '..', 'fails')
  writeFileSync(
    join(directory, '.mhvrc.yaml'),
    `gates: [{name: coin, command: 'test ! -e ../fails'}, {name: sure, command: 'true'}]\n`,
  )
  git(directory, 'add', '--all')
  git(directory, 'commit', '-qm', 'Gates')
  await mhv(directory, 'gate', 'run', '--no-cache')
  writeFileSync(outside, '')
  for (let i = 0; i < 2; i++) await mhv(directory, 'gate', 'run', '--no-cache')
  const { failing_gates, flaky_gates, gate_runs } = await mhvJson(directory, 'patterns')
  expect(gate_runs).toBe(6)
  expect(failing_gates).toEqual([{ repository: 'demo', gate: 'coin', runs: 3, failures: 2, share: 0.667 }])
  expect(flaky_gates).toMatchObject([{ gate: 'coin', times: 1 }])
  expect((await mhv(directory, 'patterns')).out).toContain('coin: 2 of 3 runs (67 %)')
})

test('scopes that take longer and ageing work, from imported history', async () => {
  const directory = temporaryRepository()
  const day = (n: number) => new Date(Date.UTC(2026, 8, 1 + n)).toISOString()
  const lines = Array.from({ length: 30 }, (_, i) => ({
    source: 'old',
    id: `OLD-${i}`,
    title: `Task ${i}`,
    labels: [i % 3 === 0 ? 'tui' : 'cli'],
    status: i < 29 ? 'closed' : 'open',
    created_at: day(0),
    ...(i < 29 ? { closed_at: day(i % 3 === 0 ? 20 + (i % 4) : 2 + (i % 4)) } : {}),
  }))
  const file = join(directory, '..', 'old.jsonl')
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  await run(directory, 'init')
  await run(directory, 'task', 'import', file)
  const { slow_scopes, ageing } = await mhvJson(directory, 'patterns')
  expect(slow_scopes).toMatchObject([
    {
      scope: 'label',
      name: 'tui',
      measured: 'from creation to completion',
      count: 10,
      rest: 19,
      cliffs_delta: 1,
    },
  ])
  expect(ageing).toMatchObject([{ title: 'Task 29', status: 'pending', finished: 29 }])
})
