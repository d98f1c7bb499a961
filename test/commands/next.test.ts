import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

async function repository() {
  const directory = temporaryRepository()
  await run(directory, 'init')
  await run(directory, 'tc', 'Plain')
  await run(directory, 'tc', 'Base', '--priority', 'low')
  await run(directory, 'tc', 'Top', '--depends-on', '2', '--priority', 'critical')
  await run(directory, 'tc', 'Urgent', '--deadline', 'tomorrow')
  await run(directory, 'tc', 'Theirs', '--assignee', 'bob@example.com')
  await run(directory, 'tc', 'Stuck')
  await run(directory, 'task', 'block', '6', '--reason', 'vendor')
  return directory
}

const refs = ({ tasks }: { tasks: { ref: string }[] }) => tasks.map(({ ref }) => ref)

test('what waits, is blocked or somebody else’s is left out; each of the rest says why', async () => {
  const directory = await repository()
  const { out, code } = await mhv(directory, 'next')
  expect(code).toBe(0)
  expect(out).toBe(`#2 Base
  because it is on the critical path; 1 task waits for it; its priority is low
#4 Urgent
  because its priority is medium; it is due 2026-11-21, in 37 h
#1 Plain
  because its priority is medium
`)
  expect(refs(await mhvJson(directory, 'next', '--anyone'))).toContain('demo#5')
})

test('what is in progress comes first, and the parts add up to the score', async () => {
  const directory = await repository()
  await run(directory, 'start', '1', '--no-worktree')
  const answer = await mhvJson(directory, 'next', '--limit', '1')
  expect(answer).toMatchObject({ schema: 1, total: 3, problems: [] })
  const [task] = answer.tasks
  expect(task).toMatchObject({ ref: 'demo#1', status: 'in_progress', unblocks: 0, hours_left: null })
  const sum = (Object.values(task.parts) as number[]).reduce((all, part) => all + part, 0)
  expect(sum).toBeCloseTo(task.score)
  expect((await mhv(directory, 'next', '--limit', '1', '--explain')).out).toMatch(
    /^#1 Plain\n {2}because it is in progress; its priority is medium\n {2}11\.00 = in_progress 10\.00 \+ /,
  )
})

test('the weights are configured', async () => {
  const directory = await repository()
  writeFileSync(join(directory, '.mhvrc.yaml'), 'next: {unblocks: 0, critical_path: 0, deadline: 0}\n')
  expect(refs(await mhvJson(directory, 'next'))).toEqual(['demo#1', 'demo#4', 'demo#2'])
  writeFileSync(join(directory, '.mhvrc.yaml'), 'next: {priority: 0, deadline: 0}\n')
  const { tasks } = await mhvJson(directory, 'next')
  for (const { because } of tasks) expect(because.join()).not.toMatch(/priority|due/)
  expect((await mhv(directory, 'next', '--limit', '1')).out).toMatch(
    /\n… and 2 more \(--limit 0 shows all\)\n$/,
  )
  writeFileSync(join(directory, '.mhvrc.yaml'), 'next: {speed: 1}\n')
  expect(await mhvJson(directory, 'next')).toMatchObject({ error: { name: 'CONFIG_INVALID' } })
})

test('over several repositories, what others wait for counts wherever they are', async () => {
  const { directory, at } = await federationOf({ akosha: ['Plain', 'Index'], crackerjack: ['Ship', 'Other'] })
  await run(at('crackerjack'), 'task', 'depend', '1', '--on', 'akosha#2')
  expect(refs(await mhvJson(directory, 'next', '--all'))).toEqual(['akosha#2', 'akosha#1', 'crackerjack#2'])
  expect(refs(await mhvJson(directory, 'next', '--repo', 'akosha'))).toEqual(['akosha#2', 'akosha#1'])
})

test('where all is assigned to others, that is said, and how to see it', async () => {
  const directory = temporaryRepository()
  await run(directory, 'init')
  await run(directory, 'tc', '--no-parse', 'Fix auth bug', '--assignee', 'Bea <bea@example.com>')
  await run(directory, 'tc', '--no-parse', 'Write notes', '--depends-on', '1')
  const { code, out, err } = await mhv(directory, 'next')
  expect([code, out]).toEqual([0, ''])
  expect(err).toBe('What can be worked on now is assigned to others (1 task); mhv next --anyone lists it.\n')
  expect(await mhvJson(directory, 'next')).toMatchObject({ tasks: [], total: 0, others: 1 })
  expect((await mhv(directory, 'next', '--anyone')).out).toContain('Fix auth bug')
})

test('where nothing can be worked on, that is said', async () => {
  const directory = temporaryRepository()
  await run(directory, 'init')
  const { code, out, err } = await mhv(directory, 'next')
  expect([code, out]).toEqual([0, ''])
  expect(err).toContain('Nothing can be worked on now')
  mkdirSync(join(directory, 'empty'))
  expect((await mhvJson(join(directory, 'empty'), 'next')).tasks).toEqual([])
})
