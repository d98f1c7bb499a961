import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess, startMhv } from '../support/cli.ts'
import { linkedFederation, titlesIn, titlesOnRemote } from '../support/linked-federation.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const HALF = ['tc', 'Half', '--repo', 'akosha', '--repo', 'sb']

/** Makes the remote run a script whenever it is pushed to. */
function onPush(place: string, hook: 'pre-receive' | 'post-receive', script: string): () => void {
  const path = join(place, 'remote.git', 'hooks', hook)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return () => rmSync(path)
}

const takeAway = (place: string) => renameSync(join(place, 'remote.git'), join(place, 'remote.off'))
const bringBack = (place: string) => renameSync(join(place, 'remote.off'), join(place, 'remote.git'))
/** The document that a command of a process of its own prints: who goes on with a change is at it while it runs. */
const document = async (place: string, ...words: string[]) =>
  JSON.parse((await mhvProcess(place, [...words, '--json'])).out)
const commandLine = (step: string) => step.split(' ').slice(1)
const endOf = async (child: ReturnType<typeof startMhv>) => new Promise((end) => child.once('exit', end))

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Both parts, or none: what the two repositories hold. */
const titlesNow = async (place: string) => [await titlesIn(place, 'akosha'), titlesOnRemote(place)]

test('killed after the remote has taken its part, and the remote away: it stays open until it can be told, and is then finished', async () => {
  const place = await linkedFederation()
  await run(place, 'tl', '--all')
  onPush(place, 'post-receive', `touch ${place}/taken; sleep 3`)
  const child = startMhv(place, HALF)
  await until(() => existsSync(join(place, 'taken')))
  child.kill('SIGKILL')
  await endOf(child)
  takeAway(place)
  const { error } = await document(place, 'link', '--resume')
  expect(error).toMatchObject({
    name: 'SAGA_UNFINISHED',
    recovery: expect.arrayContaining(['mhv link --resume']),
  })
  expect(error.message).not.toMatch(/nowhere|Nothing was changed/)
  expect((await mhvProcess(place, ['link', '--resume'])).code).toBe(1)
  expect(await titlesIn(place, 'akosha')).toEqual(['Half'])
  bringBack(place)
  expect((await document(place, 'link', '--resume')).resumed).toMatchObject([{ outcome: 'done' }])
  expect(await titlesNow(place)).toEqual([['Half'], ['Half']])
})

test('killed before the remote was asked, and the remote away: nothing is thrown away', async () => {
  const place = await linkedFederation()
  await mhvProcess(place, HALF, { env: { MHV_FAULT: 'saga-part-written' } })
  takeAway(place)
  expect((await document(place, 'link', '--resume')).error).toMatchObject({ name: 'SAGA_UNFINISHED' })
  expect(await titlesIn(place, 'akosha')).toEqual(['Half'])
  bringBack(place)
  await mhvProcess(place, ['link', '--resume'])
  expect(await titlesNow(place)).toEqual([['Half'], ['Half']])
})

test('a remote that dies in the middle of the push leaves it open, and it is finished where the part had arrived', async () => {
  const place = await linkedFederation()
  const quiet = onPush(place, 'post-receive', `mv "${place}/remote.git" "${place}/remote.off"; kill -9 $PPID`)
  const { error } = await document(place, ...HALF)
  expect(error).toMatchObject({ name: 'SAGA_UNFINISHED' })
  expect((await mhvJson(join(place, 'akosha'), 'doctor')).findings).toMatchObject([
    { code: 'SAGA_UNFINISHED' },
  ])
  bringBack(place)
  quiet()
  for (const step of error.recovery.filter((each: string) => each.includes('--resume'))) {
    await mhvProcess(place, commandLine(step))
  }
  expect(await titlesNow(place)).toEqual([['Half'], ['Half']])
})

test('a remote that cannot be asked is no place for a part: nothing is written anywhere', async () => {
  const place = await linkedFederation()
  await run(place, 'tl', '--all')
  takeAway(place)
  const before = git(join(place, 'akosha'), 'rev-parse', 'refs/mtos/tasks')
  expect((await mhvJson(place, ...HALF)).error).toMatchObject({ name: 'REMOTE_MISSING' })
  expect(git(join(place, 'akosha'), 'rev-parse', 'refs/mtos/tasks')).toBe(before)
  expect((await document(place, 'link', '--resume')).resumed).toEqual([])
})

test('a resume that takes back ends with 1, as the command does', async () => {
  const place = await linkedFederation()
  await mhvProcess(place, HALF, { env: { MHV_FAULT: 'saga-part-written' } })
  onPush(place, 'pre-receive', 'exit 1')
  const { code, out } = await mhvProcess(place, ['link', '--resume'])
  expect([code, out]).toEqual([1, expect.stringContaining('so nowhere: session-buddy: ')])
  expect(out).not.toContain('Nothing was changed')
  expect(await titlesNow(place)).toEqual([[], []])
})

test('what can never be finished is given up: the rest goes, and what may have stayed behind is named', async () => {
  const place = await linkedFederation()
  await mhvProcess(place, HALF, { env: { MHV_FAULT: 'saga-part-written' } })
  takeAway(place)
  const { error } = await document(place, 'link', '--resume')
  expect(error.message).toContain('mhv link --abandon')
  const abandoned = await document(place, 'link', '--abandon')
  expect(abandoned.resumed).toMatchObject([{ outcome: 'taken back', left_behind: ['session-buddy'] }])
  expect(await titlesIn(place, 'akosha')).toEqual([])
  expect((await document(place, 'link', '--resume')).resumed).toEqual([])
})

test('a list of repositories that is somewhere else is named by the steps, and an entry that is gone is missed', async () => {
  const place = await linkedFederation()
  const text = readFileSync(join(place, 'repos.yaml'), 'utf8').replace(/path: /g, `path: ${place}/`)
  const list = join(temporaryDirectory(), 'mine.yaml')
  writeFileSync(list, text)
  rmSync(join(place, 'repos.yaml'))
  const words = [...HALF, '--repos', list]
  await mhvProcess(place, words, { env: { MHV_FAULT: 'saga-part-written' } })
  const resume = `mhv link --resume --repos ${list}`
  const { error } = await mhvJson(place, ...words)
  expect(error).toMatchObject({ name: 'SAGA_UNFINISHED', recovery: expect.arrayContaining([resume]) })
  expect((await mhvJson(join(place, 'akosha'), 'doctor')).findings).toMatchObject([{ fix: resume }])
  expect((await mhv(join(place, 'akosha'), 'status')).err).toContain(resume)
  writeFileSync(list, text.replace(/^.*session-buddy.*\n/m, ''))
  const gone = (await document(place, ...commandLine(resume))).error
  expect(gone).toMatchObject({ name: 'SAGA_UNFINISHED' })
  expect(gone.message).toContain(`entry of session-buddy back into ${list}`)
  writeFileSync(list, text)
  await mhvProcess(place, commandLine(resume))
  expect(titlesOnRemote(place)).toEqual(['Half'])
})

test('what was interrupted is told by status of one repository and of several, and in its documents', async () => {
  const place = await linkedFederation()
  await mhvProcess(place, HALF, { env: { MHV_FAULT: 'saga-part-written' } })
  const problem = { repository: 'akosha', code: 'SAGA_UNFINISHED' }
  for (const words of [['--repo', 'akosha'], ['--all']]) {
    expect((await mhvJson(place, 'status', ...words)).problems).toMatchObject([problem])
    expect((await mhv(place, 'status', ...words)).err).toContain('mhv link --resume')
  }
  expect((await mhvJson(join(place, 'akosha'), 'status')).problems).toMatchObject([problem])
  expect((await mhvJson(place, 'status', '--repo', 'sb')).problems).toEqual([])
  const { error } = await mhvJson(join(place, 'akosha'), 'undo')
  expect(error).toMatchObject({ name: 'SAGA_UNFINISHED', recovery: ['mhv link --resume'] })
})

test('undo leaves alone what was taken back already, and takes back the last command that stands', async () => {
  const place = await linkedFederation()
  const akosha = join(place, 'akosha')
  await run(akosha, 'tc', 'Mine')
  await run(akosha, 'task', 'edit', '1', '--priority', 'high')
  onPush(place, 'pre-receive', 'exit 1')
  expect((await mhvJson(place, ...HALF)).error).toMatchObject({ name: 'SAGA_TAKEN_BACK' })
  expect(await run(akosha, 'undo')).toContain('#1 taken back (priority')
  expect((await mhvJson(akosha, 'undo', '2')).error).toMatchObject({ name: 'NOTHING_TO_UNDO' })
  expect(await run(akosha, 'undo')).toContain('#1 deleted')
  expect(await titlesIn(place, 'akosha')).toEqual([])
})

test('what was interrupted and began through a URL is critical to the doctor of several repositories', async () => {
  const place = await linkedFederation()
  const words = ['tc', 'Half', '--repo', 'sb', '--repo', 'akosha']
  await mhvProcess(place, words, { env: { MHV_FAULT: 'saga-part-written' } })
  for (const flags of [['--repo', 'sb'], ['--all']]) {
    const { ok, findings } = await mhvJson(place, 'doctor', ...flags)
    expect([ok, findings[0]]).toMatchObject([
      false,
      { code: 'SAGA_UNFINISHED', severity: 'critical', repository: 'session-buddy' },
    ])
    expect(findings[0].fix).toEqual(['mhv link --resume'])
  }
  const dangling = (await mhvJson(place, 'doctor', '--repo', 'sb')).findings[1]
  expect((await mhvJson(place, ...commandLine(dangling.fix[0]))).error.name).toBe('SAGA_UNFINISHED')
  takeAway(place)
  expect((await mhv(place, 'doctor', '--all', '--critical-only')).out).toContain('SAGA_UNFINISHED')
  bringBack(place)
  await run(place, 'link', '--resume')
  expect((await mhvJson(place, 'doctor', '--all')).findings).toEqual([])
})
