import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { viewMembers } from '../../src/federation/view-members.ts'
import { httpRemote } from '../support/http-remote.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'
import { memberAt, titlesOf } from './url-member.ts'

const SCRIPT = `
import { openMember } from './src/federation/open-member.ts'
import { createIn, memberAt } from './test/federation/url-member.ts'

openMember(memberAt(process.argv[2]))
  .then(({ store }) => createIn(store, process.argv[3]))
  .then((number) => console.log(number))
`

test('a write that is killed has either arrived or never was', async () => {
  const root = join(import.meta.dirname, '..', '..')
  const outfile = join(temporaryDirectory(), 'write.cjs')
  await build({
    stdin: { contents: SCRIPT, resolveDir: root },
    bundle: true,
    platform: 'node',
    define: { 'import.meta.dirname': JSON.stringify(root) },
    outfile,
  })
  const clone = temporaryRepository()
  await run(clone, 'init')
  const url = join(temporaryDirectory(), 'remote.git')
  git('/', 'init', '--quiet', '--bare', url)
  git(clone, 'push', '--quiet', url, 'refs/mtos/tasks')
  const write = (title: string, fault = '') => {
    const { signal, stdout, stderr } = spawnSync(process.execPath, [outfile, url, title], {
      env: { ...process.env, MHV_FAULT: fault },
      encoding: 'utf8',
    })
    return signal ?? (stdout.trim() || stderr)
  }
  const seen = async (maxAge: number) => titlesOf((await viewMembers([memberAt(url)], { maxAge }))[0]!)
  expect(write('One')).toBe('1')
  for (const fault of ['after-import', 'before-index', 'before-publishing']) {
    expect(write('Lost', fault)).toBe('SIGKILL')
    expect(await seen(60_000)).toEqual(['One'])
    expect(await seen(0)).toEqual(['One'])
  }
  expect(write('Two', 'after-publishing')).toBe('SIGKILL')
  expect(await seen(0)).toEqual(['One', 'Two'])
  expect(write('Three')).toBe('3')
  expect(await seen(60_000)).toEqual(['One', 'Three', 'Two'])
}, 60_000)

test('without git, tasks at a URL are seen all the same, and kept', async () => {
  rmSync(join(homedir(), '.cache'), { recursive: true, force: true })
  const server = await httpRemote()
  const { url, path } = server.repository('a')
  const clone = temporaryRepository()
  await run(clone, 'init')
  await run(clone, 'tc', 'One')
  git(clone, 'push', '--quiet', path, 'refs/mtos/tasks')
  const before = process.env.PATH!
  withEnvironment({ PATH: temporaryDirectory() })
  try {
    const [view] = await viewMembers([memberAt(url)])
    expect([view!.problem, titlesOf(view!), view!.workplace]).toEqual([null, ['One'], null])
    await server.forget()
    expect(titlesOf((await viewMembers([memberAt(url)]))[0]!)).toEqual(['One'])
    expect(await server.requests()).toEqual([])
  } finally {
    process.env.PATH = before
  }
})
