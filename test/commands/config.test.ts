import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'

describe('config show', () => {
  test('names every value, and the file that it comes from', async () => {
    const here = temporaryRepository()
    writeFileSync(join(here, '.mhvrc.yaml'), 'gating: {jobs: 7}\n')
    const { out, code } = await mhv(here, 'config', 'show', 'gating')
    expect(code).toBe(0)
    expect(out).toMatch(/^gating\.jobs\s+7\s+\.mhvrc\.yaml$/m)
    expect(out).toMatch(/^gating\.cache\s+own\s+default$/m)
    const { values, sources } = await mhvJson(here, 'config', 'show')
    expect(sources).toEqual([{ origin: 'repository', path: join(here, '.mhvrc.yaml') }])
    expect(values).toContainEqual({
      key: 'gating.jobs',
      value: 7,
      origin: 'repository',
      path: join(here, '.mhvrc.yaml'),
    })
  })

  test('says where nothing is configured, and what is called as asked', async () => {
    const here = temporaryRepository()
    expect((await mhv(here, 'config', 'show')).err).toContain('these are the defaults')
    const { err, code } = await mhv(here, 'config', 'show', 'gatez')
    expect(code).toBe(2)
    expect(err).toContain('Nothing is called "gatez" in the configuration; did you mean gates?')
    expect((await mhv(here, 'config', 'show', 'gating.job')).err).toContain('did you mean gating.jobs?')
    expect((await mhv(here, 'config', 'show', 'xyz')).err).toContain(
      'Nothing is called "xyz" in the configuration; there are gates, gating,',
    )
  })

  test('in a linked worktree shows what is checked out there', async () => {
    const here = temporaryRepository()
    git(here, 'worktree', 'add', '-q', '../linked', '-b', 'other')
    writeFileSync(join(here, '../linked/.mhvrc.yaml'), 'gating: {jobs: 9}\n')
    expect((await mhv(join(here, '../linked'), 'config', 'show', 'gating.jobs')).out).toMatch(/9/)
    expect((await mhv(here, 'config', 'show', 'gating.jobs')).out).toMatch(/4\s+default/)
  })

  // The bundle is compiled from a cache, where modules come in by another way than in the sources.
  test('of a module, in the built program', async () => {
    const here = temporaryRepository()
    writeFileSync(join(here, 'mhv.config.mjs'), 'export default { gating: { jobs: 9 } }\n')
    expect((await mhvProcess(here, ['config', 'show'])).err).toContain('MHV-047 NOT_TRUSTED')
    expect((await mhvProcess(here, ['config', 'trust'])).out).toContain('mhv.config.mjs as it is now')
    const { out, err } = await mhvProcess(here, ['config', 'show', 'gating.jobs'])
    expect(err).toBe('')
    expect(out).toMatch(/gating\.jobs\s+9\s+mhv\.config\.mjs/)
  })

  test.each([
    ['ends the process', 'process.exit(0)'],
    ['never comes to an end', 'await new Promise(() => {})'],
  ])('a module that %s is no success', async (_name, text) => {
    const here = temporaryRepository()
    writeFileSync(join(here, 'mhv.config.mjs'), `${text}\nexport default {}\n`)
    await mhvProcess(here, ['config', 'trust'])
    expect(await mhvProcess(here, ['config', 'show'])).toMatchObject({
      code: 1,
      err: 'mhv was ended before it had an answer.\n',
    })
  })
})

describe('config trust', () => {
  test('agrees to set-up commands too, and says where there is nothing', async () => {
    const here = temporaryRepository()
    expect((await mhv(here, 'config', 'trust')).out).toContain('runs nothing by itself')
    writeFileSync(join(here, '.mhvrc.yaml'), 'worktrees: {setup: [npm ci]}\n')
    expect(await mhvJson(here, 'config', 'trust')).toMatchObject({ programs: [], commands: ['npm ci'] })
  })
})
