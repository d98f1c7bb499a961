import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { cloneFor, mergeFrom } from '../support/clones.ts'
import { commitFile, contentOf, demoWith, idOf, pathOf, tipOf } from '../support/hand-made.ts'
import { temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

const lines = (text: string) => text.trim().split('\n')
const entries = (text: string) => lines(text).map((line) => JSON.parse(line))

test('a whole log is said to be, with what was looked at', async () => {
  const demo = await demoWith('One')
  expect(await run(demo, 'audit')).toBe(
    'Nothing is wrong; 2 commits (0 merges), 1 event and 2 versions of files checked.\n',
  )
  expect(await mhvJson(demo, 'audit')).toEqual({
    schema: 1,
    ok: true,
    findings: [],
    checked: { commits: 2, merges: 0, versions: 2, events: 1, tip: tipOf(demo) },
    signatures: { good: 0, bad: 0, unknown: 0, unsigned: 2 },
  })
})

test('what is wrong ends with AUDIT_FAILED and names the commit and the path', async () => {
  const demo = await demoWith('One')
  const id = await idOf(demo, 1)
  const commit = commitFile(demo, pathOf(id), contentOf(demo, id).replace('One', 'Won'))
  const { code, out, err } = await mhv(demo, 'audit')
  expect([code, out.includes(`PROJECTION_STALE: ${pathOf(id)}`), out.includes(commit.slice(0, 12))]).toEqual([
    1,
    true,
    true,
  ])
  expect(err).toContain('AUDIT_FAILED: One thing is wrong')
  const { error } = await mhvJson(demo, 'audit')
  expect(error).toMatchObject({ name: 'AUDIT_FAILED', code: 'MHV-075' })
  expect(error.data.findings).toMatchObject([
    { code: 'PROJECTION_STALE', commit, path: pathOf(id), event: null },
  ])
})

test('without a log there is nothing to audit', async () => {
  const { code, err } = await mhv(temporaryRepository(), 'audit')
  expect([code, err.includes('NOT_INITIALISED')]).toEqual([1, true])
})

/** Two people's events over three days, merged. */
async function peopled(): Promise<string> {
  withEnvironment({ MHV_NOW: '2026-11-18T10:00:00.000Z' })
  const demo = await demoWith('One', '=1+1')
  const other = await cloneFor(demo, 'Ben')
  withEnvironment({ MHV_NOW: '2026-11-19T22:30:00.000Z' })
  await run(other, 'task', 'comment', '1', '@here')
  withEnvironment({ MHV_NOW: '2026-11-20T10:00:00.000Z' })
  await run(demo, 'task', 'edit', '2', '--priority', 'high')
  await mergeFrom(demo, other)
  return demo
}

test('the trail holds every event once, with the commit that brought it', async () => {
  const demo = await peopled()
  const { code, out, err } = await mhv(demo, 'audit', '--export', 'jsonl')
  expect([code, err]).toEqual([0, expect.stringContaining('Nothing is wrong; 6 commits (1 merge)')])
  const all = entries(out)
  expect(all.map(({ kind, by, task, title }) => [kind, by, task, title])).toEqual(
    expect.arrayContaining([
      ['TaskCreated', 'Ann <ann@example.com>', 'demo#1', 'One'],
      ['TaskCreated', 'Ann <ann@example.com>', 'demo#2', '=1+1'],
      ['CommentAdded', 'Ben <ben@example.com>', 'demo#1', 'One'],
      ['TaskEdited', 'Ann <ann@example.com>', 'demo#2', '=1+1'],
    ]),
  )
  expect(all).toHaveLength(4)
  const comment = all.find(({ kind }) => kind === 'CommentAdded')
  expect(comment).toMatchObject({
    at: '2026-11-19T22:30:00.000Z',
    author: 'Ben <ben@example.com>',
    committed_at: '2026-11-19T22:30:00.000Z',
    signature: 'unsigned',
    data: { text: '@here' },
  })
  expect(comment.commit).toMatch(/^[0-9a-f]{40}$/)
})

test('the trail is narrowed by person, task, time and kind', async () => {
  const demo = await peopled()
  const kinds = async (...filter: string[]) =>
    (await mhvJson(demo, 'audit', '--export', 'jsonl', ...filter)).events.map(
      (event: { kind: string }) => event.kind,
    )
  expect(await kinds('--actor', 'BEN')).toEqual(['CommentAdded'])
  expect(await kinds('--actor', 'me', '--task', '2')).toEqual(['TaskCreated', 'TaskEdited'])
  expect(await kinds('--kind', 'taskedited,CommentAdded', '--task', '1')).toEqual(['CommentAdded'])
  // In Berlin 22:30 is on the same day still, and the end of a day belongs to it.
  expect(await kinds('--since', '2026-11-19', '--until', 'yesterday')).toEqual(['CommentAdded'])
  expect(await kinds('--since', '2026-11-19T23:00:00Z')).toEqual(['TaskEdited'])
  expect((await mhvJson(demo, 'audit', '--export', 'jsonl', '--kind', 'Nothing')).error.name).toBe(
    'INVALID_INPUT',
  )
  expect((await mhv(demo, 'audit', '--actor', 'ann')).code).toBe(2)
})

test('as CSV, no cell is a formula, and a file is not replaced unless asked', async () => {
  const demo = await peopled()
  const { out } = await mhv(demo, 'audit', '--export', 'csv', '--task', '2', '--kind', 'TaskCreated')
  const [head, row] = out.split('\r\n')
  expect(head).toBe(
    'at,by,task,number,title,kind,event,task_id,commit,author,committed_at,signature,signer,data',
  )
  expect(row).toContain(',demo#2,2,"\'=1+1",TaskCreated,')
  const file = join(demo, 'trail.csv')
  expect(await run(demo, 'audit', '--export', 'csv', '--output', file)).toContain('Exported 4 events to ')
  expect(lines(readFileSync(file, 'utf8'))).toHaveLength(5)
  const refused = await mhv(demo, 'audit', '--export', 'csv', '--output', file)
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('mhv audit --help')])
  const again = await mhvJson(demo, 'audit', '--export', 'csv', '--output', file, '--force')
  expect(again).toMatchObject({ exported: 4, output: file, ok: true })
})

test('a trail of a log that was tampered with is written, and the command fails', async () => {
  const demo = await demoWith('One')
  const id = await idOf(demo, 1)
  commitFile(demo, pathOf(id), contentOf(demo, id).replace('One', 'Won'))
  const { code, out, err } = await mhv(demo, 'audit', '--export', 'jsonl')
  expect([code, entries(out).length, err.includes('PROJECTION_STALE')]).toEqual([1, 1, true])
  expect(await mhvJson(demo, 'audit', '--export', 'jsonl')).toMatchObject({ total: 1, ok: false })
})
