import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { linkedFederation, titlesIn, titlesOnRemote } from '../support/linked-federation.ts'
import { run } from '../support/use-tasks.ts'

test('parts are created here and through a URL, linked, shown with each other, and unlinked', async () => {
  const place = await linkedFederation()
  const repos = ['--repo', 'akosha', '--repo', 'crackerjack', '--repo', 'sb']
  const { tasks, link } = await mhvJson(place, 'tc', 'Rename the API', ...repos)
  expect(tasks.map(({ ref }: { ref: string }) => ref)).toEqual([
    'akosha#1',
    'crackerjack#1',
    'session-buddy#1',
  ])
  expect(titlesOnRemote(place)).toEqual(['Rename the API'])
  const shown = await mhvJson(place, 'task', 'show', 'akosha#1')
  expect(shown.task.links).toMatchObject([
    { link, ref: 'crackerjack#1', status: 'pending' },
    { link, ref: 'session-buddy#1' },
  ])
  expect(await run(join(place, 'akosha'), 'task', 'show', '1')).toContain(
    'crackerjack#1 (pending: Rename the API)',
  )
  expect((await mhvJson(place, 'link', 'akosha#1', 'crackerjack#1')).link).toBe(link)
  await run(place, 'tc', 'More', '--repo', 'crackerjack')
  const more = (await mhvJson(place, 'link', 'akosha#1', 'crackerjack#1', 'crackerjack#2')).link
  expect((await run(place, 'task', 'show', 'akosha#1')).match(/crackerjack#1 \(/g)).toHaveLength(1)
  expect((await mhvJson(place, 'task', 'show', 'akosha#1')).task.links).toHaveLength(4)
  await run(place, 'link', 'akosha#1', 'crackerjack#2', '--remove')
  expect(more).not.toBe(link)
  await run(place, 'link', 'akosha#1', 'crackerjack#1', 'sb#1', '--remove')
  expect((await mhvJson(place, 'task', 'show', 'akosha#1')).task.links).toEqual([])
})

test.each(['saga-written', 'saga-part-written'])(
  'killed at %s, it is told by the doctor and finished',
  async (point) => {
    const place = await linkedFederation()
    const words = ['tc', 'Half', '--repo', 'akosha', '--repo', 'crackerjack', '--repo', 'sb']
    const killed = await mhvProcess(place, words, { env: { MHV_FAULT: point } })
    expect(killed.code).toBe(137)
    const { findings } = await mhvJson(join(place, 'akosha'), 'doctor')
    expect(findings).toMatchObject([{ code: 'SAGA_UNFINISHED', fix: 'mhv link --resume' }])
    const { resumed } = await mhvJson(join(place, 'crackerjack'), 'link', '--resume')
    expect(resumed).toMatchObject([{ repository: 'akosha', outcome: 'done' }])
    expect([
      await titlesIn(place, 'akosha'),
      await titlesIn(place, 'crackerjack'),
      titlesOnRemote(place),
    ]).toEqual([['Half'], ['Half'], ['Half']])
    expect((await mhvJson(place, 'link', '--resume')).resumed).toEqual([])
  },
)

test('where one repository does not take its part, none keeps one', async () => {
  const place = await linkedFederation()
  const hook = join(place, 'remote.git', 'hooks', 'pre-receive')
  writeFileSync(hook, '#!/bin/sh\nexit 1\n')
  chmodSync(hook, 0o755)
  const { code, err } = await mhv(
    place,
    'tc',
    'Nowhere',
    '--repo',
    'akosha',
    '--repo',
    'sb',
    '--repo',
    'crackerjack',
  )
  expect([code, err]).toEqual([1, expect.stringContaining('SAGA_TAKEN_BACK')])
  expect([
    await titlesIn(place, 'akosha'),
    await titlesIn(place, 'crackerjack'),
    titlesOnRemote(place),
  ]).toEqual([[], [], []])
  expect((await mhvJson(join(place, 'akosha'), 'doctor')).findings).toEqual([])
})

test('one part alone is not undone, and what is linked to a deleted task says so', async () => {
  const place = await linkedFederation()
  const [akosha, crackerjack] = [join(place, 'akosha'), join(place, 'crackerjack')]
  await run(place, 'tc', 'Both', '--repo', 'akosha,crackerjack')
  const undone = await mhvJson(akosha, 'undo')
  expect(undone.error).toMatchObject({
    name: 'PART_OF_CHANGE',
    recovery: ['mhv task delete 1', expect.stringMatching(/^mhv task delete crackerjack\/01/)],
  })
  for (const step of undone.error.recovery) await run(akosha, ...step.split(' ').slice(1))
  expect([await titlesIn(place, 'akosha'), await titlesIn(place, 'crackerjack')]).toEqual([[], []])
  await run(akosha, 'tc', 'One')
  await run(crackerjack, 'tc', 'Two')
  await run(place, 'link', 'akosha#2', 'crackerjack#2')
  const unlink = (await mhvJson(crackerjack, 'undo', '2')).error.recovery[0]
  expect(unlink).toMatch(/^mhv link 2 akosha\/01\w+ --remove$/)
  await run(crackerjack, ...unlink.split(' ').slice(1))
  expect((await mhvJson(akosha, 'task', 'show', '2')).task.links).toEqual([])
  await run(place, 'link', 'akosha#2', 'crackerjack#2')
  await run(akosha, 'task', 'delete', '2')
  expect(await run(crackerjack, 'task', 'show', '2')).toContain('akosha#2 (deleted: One)')
  const { findings } = await mhvJson(place, 'doctor', '--repo', 'akosha,crackerjack')
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'DANGLING_LINK', repository: 'crackerjack' }),
  )
})

const words = (step: string) => step.split(' ').slice(1)

test('the steps that take all parts back work where one of them is known by its URL only', async () => {
  const place = await linkedFederation()
  const undoing = async () => (await mhvJson(place, 'undo', '--repo', 'sb')).error
  await run(place, 'tc', 'Both', '--repo', 'akosha', '--repo', 'sb')
  const deletion = await undoing()
  expect([deletion.name, deletion.recovery.length]).toEqual(['PART_OF_CHANGE', 2])
  for (const step of deletion.recovery) await run(place, ...words(step))
  expect([await titlesIn(place, 'akosha'), titlesOnRemote(place)]).toEqual([[], []])
  for (const name of ['akosha', 'sb']) await run(place, 'tc', 'One', '--repo', name)
  await run(place, 'link', 'sb#2', 'akosha#2')
  const { recovery } = await undoing()
  expect(recovery).toEqual([expect.stringMatching(/^mhv link session-buddy#2 akosha\/01\w+ --remove$/)])
  await run(place, ...words(recovery[0]))
  expect((await mhvJson(place, 'task', 'show', 'akosha#2')).task.links).toEqual([])
  await run(place, 'link', 'sb#2', 'akosha#2', '--remove')
})

test('a link to what is deleted goes by the step of the doctor, and those between the others stay', async () => {
  const place = await linkedFederation()
  const linksOf = async (task: string): Promise<string[]> =>
    (await mhvJson(place, 'task', 'show', task)).task.links.map(({ ref }: { ref: string }) => ref)
  const findings = async () => (await mhvJson(place, 'doctor', '--all')).findings
  for (const name of ['akosha', 'crackerjack', 'sb']) await run(place, 'tc', 'One', '--repo', name)
  await run(place, 'link', 'akosha#1', 'crackerjack#1', 'sb#1')
  await run(place, 'task', 'delete', 'sb#1')
  const found = await findings()
  expect(found.map(({ code }: { code: string }) => code)).toEqual(['DANGLING_LINK', 'DANGLING_LINK'])
  for (const { fix } of found) await run(place, ...words(fix[0]))
  expect(await findings()).toEqual([])
  expect([await linksOf('akosha#1'), await linksOf('crackerjack#1')]).toEqual([
    ['crackerjack#1'],
    ['akosha#1'],
  ])
  expect((await mhvJson(place, 'link', 'sb#1', '--remove')).error.name).toBe('TASK_NOT_FOUND')
  expect((await mhvJson(place, 'link', 'akosha#1', 'sb#99', '--remove')).error.name).toBe('TASK_NOT_FOUND')
  await run(place, 'task', 'restore', 'sb#1')
  expect(await linksOf('sb#1')).toEqual(['akosha#1', 'crackerjack#1'])
  await run(place, 'link', 'sb#1', 'akosha#1', '--remove')
  expect(await linksOf('sb#1')).toEqual(['crackerjack#1'])
})

test('what was given up leaves links to tasks that were never there, which go too', async () => {
  const place = await linkedFederation()
  const half = ['tc', 'Half', '--repo', 'akosha', '--repo', 'sb', '--repo', 'crackerjack']
  await mhvProcess(place, half, { env: { MHV_FAULT: 'saga-part-written' } })
  await run(place, 'link', '--abandon')
  await run(place, 'task', 'restore', 'akosha#1')
  const { findings } = await mhvJson(place, 'doctor', '--all')
  expect(findings).toHaveLength(2)
  for (const { fix } of findings) await run(place, ...words(fix[0]))
  expect((await mhvJson(place, 'doctor', '--all')).findings).toEqual([])
})

test('what was interrupted is told by status, and comes before the next such change; errors name the repository', async () => {
  const place = await linkedFederation()
  const words = ['tc', 'Half', '--repo', 'akosha', '--repo', 'crackerjack']
  await mhvProcess(place, words, { env: { MHV_FAULT: 'saga-part-written' } })
  expect((await mhv(join(place, 'akosha'), 'status')).err).toContain(
    'A change of akosha, crackerjack was interrupted',
  )
  expect((await mhvJson(place, ...words)).error).toMatchObject({ name: 'SAGA_UNFINISHED' })
  await run(place, 'link', '--resume')
  const gone = await mhvJson(place, 'link', 'akosha#1', 'crackerjack#99')
  expect(gone.error.message).toContain('crackerjack: There is no task #99')
  expect(gone.error.recovery[0]).toContain(`mhv -C ${join(place, 'crackerjack')} `)
})

test.each([
  [['link', 'akosha#1'], 2, 'two tasks'],
  [['link', 'akosha#1', 'nowhere#1'], 2, 'nowhere'],
  [['link', '1', '2'], 2, 'put a name in front'],
  [['tc', 'x', '--repo', 'akosha', '--repo', 'crackerjack', '--depends-on', '1'], 2, 'depends on afterwards'],
])('%j is refused', async (words, code, said) => {
  const place = await linkedFederation()
  await run(place, 'tc', 'One', '--repo', 'akosha')
  const answer = await mhv(place, ...words)
  expect([answer.code, answer.err]).toEqual([code, expect.stringContaining(said)])
})
