import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

async function repository() {
  const directory = temporaryRepository()
  await run(directory, 'init')
  await run(directory, 'tc', 'Index of tasks')
  await run(directory, 'tc', 'Colours')
  await run(directory, 'tc', 'Search', '-d', 'Needs #1 to be there. See #2 as well.')
  return directory
}

const refs = ({ suggestions }: { suggestions: { ref: string }[] }) => suggestions.map(({ ref }) => ref)

test('what the text names is suggested, with the reason and how sure it is; nothing is written', async () => {
  const directory = await repository()
  const answer = await mhvJson(directory, 'depend', 'suggest', '3')
  expect(refs(answer)).toEqual(['demo#1', 'demo#2'])
  expect(answer.suggestions[0]).toMatchObject({
    because: expect.stringMatching(/^its text names it: “Needs #1 to be there”/),
  })
  expect(answer.suggestions[0].reasons[0]).toMatchObject({
    kind: 'reference',
    quote: 'Needs #1 to be there',
  })
  expect(answer.suggestions[0].confidence).toBeGreaterThan(0.45)
  expect(answer.accepted).toEqual([])
  const { out, err } = await mhv(directory, 'depend', 'suggest', '3')
  expect(out).toMatch(/^#1 Index of tasks \(\d+ %\)\n {2}because its text names it/)
  expect(err).toBe('To accept some: mhv depend suggest 3 --accept 1\n')
  expect((await mhvJson(directory, 'task', 'show', '3')).task.depends_on).toEqual([])
})

test('what is accepted becomes a dependency, and is not suggested again', async () => {
  const directory = await repository()
  expect(await run(directory, 'depend', 'suggest', '3', '--accept', '1')).toBe('#3 depends on #1 as well.\n')
  expect((await mhvJson(directory, 'task', 'show', '3')).task.depends_on).toEqual(['demo#1'])
  expect(refs(await mhvJson(directory, 'depend', 'suggest', '3'))).toEqual(['demo#2'])
  // Numbers are the tasks': repeating it links nothing else.
  const again = await mhv(directory, 'depend', 'suggest', '3', '--accept', '#1')
  expect([again.code, again.out]).toEqual([0, 'Nothing to change: it depends on them already.\n'])
  expect((await mhvJson(directory, 'task', 'show', '3')).task.depends_on).toEqual(['demo#1'])
  await run(directory, 'tc', 'Release notes')
  const wrong = await mhv(directory, 'depend', 'suggest', '3', '--accept', '4')
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining('"4" is none of the 1 tasks suggested'),
  ])
})

test.each([
  ['has ended', ['task', 'cancel', '1', '--reason', 'no']],
  ['waits for it already', ['task', 'depend', '1', '--on', '3']],
  ['waits for it through another', ['task', 'depend', '1', '--on', '2']],
  ['is a part of it', ['task', 'edit', '1', '--parent', '3']],
  ['is deleted', ['task', 'delete', '1']],
])('what %s is never suggested', async (why, words) => {
  const directory = await repository()
  if (why.includes('through')) await run(directory, 'task', 'depend', '2', '--on', '3')
  await run(directory, ...words)
  expect(refs(await mhvJson(directory, 'depend', 'suggest', '3'))).not.toContain('demo#1')
})

test('files that commits of both tasks changed are a reason, whether or not mhv started these', async () => {
  const directory = temporaryRepository()
  await run(directory, 'init')
  for (const title of ['Alpha', 'Beta']) await run(directory, 'tc', title)
  for (const number of [1, 2]) {
    writeFileSync(join(directory, 'parser.ts'), `// ${number}\n`)
    git(directory, 'add', 'parser.ts')
    git(directory, 'commit', '-qm', `Work\n\nTask: #${number}`)
  }
  const { suggestions } = await mhvJson(directory, 'depend', 'suggest', '1')
  expect(suggestions).toMatchObject([
    { ref: 'demo#2', because: expect.stringContaining('commits of both changed parser.ts') },
  ])
  expect((await mhvJson(directory, 'task', 'show', '2')).task.commits).toMatchObject([{ subject: 'Work' }])
})

test('tasks of other repositories are suggested and accepted where all are asked for', async () => {
  const { at } = await federationOf({ akosha: ['Vectors'], crackerjack: [] })
  await run(at('crackerjack'), 'tc', 'Report', '-d', 'Depends on akosha#1')
  expect(refs(await mhvJson(at('crackerjack'), 'depend', 'suggest', '1'))).toEqual([])
  const { out, err } = await mhv(at('crackerjack'), 'depend', 'suggest', '1', '--all')
  expect(out).toMatch(/^akosha#1 Vectors/)
  expect(err).toBe('To accept some: mhv depend suggest 1 --all --accept akosha#1\n')
  const wrong = await mhv(at('crackerjack'), 'depend', 'suggest', '1', '--all', '--accept', '1')
  expect(wrong.err).toContain('mhv depend suggest 1 --all\n')
  const { accepted } = await mhvJson(
    at('crackerjack'),
    'depend',
    'suggest',
    '1',
    '--all',
    '--accept',
    'akosha#1',
  )
  expect(accepted).toEqual(['akosha#1'])
  expect((await mhvJson(at('crackerjack'), 'task', 'show', '1')).task.depends_on).toEqual(['akosha#1'])
})

test('a task that has ended waits for nothing any more', async () => {
  const directory = await repository()
  await run(directory, 'task', 'cancel', '3', '--reason', 'no')
  expect((await mhvJson(directory, 'depend', 'suggest', '3')).error.name).toBe('ILLEGAL_MOVE')
})
