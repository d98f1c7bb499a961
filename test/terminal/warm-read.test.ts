import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvProcess } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

/** A search path on which the only git there is fails. */
function pathWithoutGit(): string {
  const directory = join(temporaryDirectory(), 'bin')
  mkdirSync(directory)
  writeFileSync(join(directory, 'git'), '#!/bin/sh\necho "git was started" >&2\nexit 99\n')
  chmodSync(join(directory, 'git'), 0o755)
  return `${directory}${delimiter}${process.env.PATH}`
}

test('a list and a task are shown from a warm index without starting git, in every checkout', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'First', '--label', 'auth', '--priority', 'critical')
  await mhv(demo, 'tc', 'Second', '--depends-on', '1')
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', linked)
  git(demo, 'pack-refs', '--all')
  const env = { PATH: pathWithoutGit() }
  for (const cwd of [demo, linked]) {
    for (const argv of [
      ['tl'],
      ['tl', '--json', '--status', 'all'],
      ['tl', '--priority', 'critical', '--label', 'auth', '--text', 'first'],
      ['task', 'show', '1'],
      ['task', 'show', '1,2', '--json'],
    ]) {
      const { code, out, err } = await mhvProcess(cwd, argv, { env })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('First')
    }
  }
  // The shim is what a start of git would meet.
  expect((await mhvProcess(demo, ['tc', 'Third'], { env })).code).not.toBe(0)
})
