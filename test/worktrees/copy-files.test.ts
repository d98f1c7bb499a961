import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyFiles } from '../../src/worktrees/copy-files.ts'
import { includedFiles } from '../../src/worktrees/included-files.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

function put(top: string, path: string, content = path): string {
  mkdirSync(join(top, path, '..'), { recursive: true })
  writeFileSync(join(top, path), content)
  return join(top, path)
}

test('what is listed is what git ignores and the patterns name, by the rules of .gitignore', async () => {
  const demo = temporaryRepository()
  put(demo, '.gitignore', '.env*\nnode_modules\nbuild/\ncfg/*.env\nforced/\n')
  put(demo, 'forced/tracked')
  put(demo, 'src/main.ts')
  git(demo, 'add', '--force', '.gitignore', 'forced', 'src')
  git(demo, 'commit', '--quiet', '--message', 'Files')
  for (const path of ['.env', '.env.example', 'src/.env', 'deep/er/.env', 'cfg/new.txt', 'cfg/s.env']) {
    put(demo, path)
  }
  for (const path of ['node_modules/a/b', 'build/out', 'forced/more', 'notes.txt', ' ü\t.env'])
    put(demo, path)
  expect(await includedFiles(demo, '.worktreeinclude')).toBe(null)
  put(
    demo,
    '.worktreeinclude',
    '.env*\n!.env.example\n/node_modules\ncfg/\nforced/\nsrc/main.ts\nnotes.txt\n',
  )
  expect(await includedFiles(demo, '.worktreeinclude')).toEqual([
    '.env',
    'cfg/s.env',
    'deep/er/.env',
    'forced/more',
    'node_modules/',
    'src/.env',
  ])
})

test('copies are as the files are: content, mode, time, links as links', async () => {
  const [from, to] = [temporaryDirectory(), temporaryDirectory()]
  const script = put(from, 'bin/run', '#!/bin/sh\n')
  chmodSync(script, 0o751)
  utimesSync(script, 1_000_000_000, 1_000_000_000)
  chmodSync(put(from, '.env', 'SECRET=1'), 0o600)
  symlinkSync('../bin/run', join(from, 'bin', 'link'))
  symlinkSync('/etc', join(from, 'outside'))
  mkdirSync(join(from, 'bin', 'empty'))
  const report = await copyFiles(from, to, ['.env', 'bin/', 'outside'])
  expect(report).toEqual({ files: 4, bytes: 18, kept: 0, left: [] })
  const [mode, time] = [statSync(join(to, 'bin/run')).mode & 0o777, statSync(join(to, 'bin/run')).mtimeMs]
  expect([mode, time]).toEqual([0o751, 1_000_000_000_000])
  expect(statSync(join(to, '.env')).mode & 0o777).toBe(0o600)
  expect(readlinkSync(join(to, 'bin/link'))).toBe('../bin/run')
  expect(readlinkSync(join(to, 'outside'))).toBe('/etc')
  expect(readdirSync(to).sort()).toEqual(['.env', 'bin', 'outside'])
  expect(readdirSync(join(to, 'bin')).sort()).toEqual(['empty', 'link', 'run'])
})

test('nothing that is there is touched, and directories are filled up', async () => {
  const [from, to] = [temporaryDirectory(), temporaryDirectory()]
  for (const path of ['.env', 'dir/a', 'dir/sub/b', 'file/below', 'plain']) put(from, path, 'theirs')
  for (const path of ['.env', 'dir/a', 'file']) put(to, path, 'mine')
  mkdirSync(join(to, 'plain'))
  const report = await copyFiles(from, to, ['.env', 'dir/', 'file/', 'plain'])
  expect(report).toMatchObject({ files: 1, kept: 4, left: [] })
  for (const path of ['.env', 'dir/a', 'file']) expect(readFileSync(join(to, path), 'utf8')).toBe('mine')
  expect(readFileSync(join(to, 'dir/sub/b'), 'utf8')).toBe('theirs')
  expect(readdirSync(join(to, 'plain'))).toEqual([])
})

test('nothing is written outside of the worktree, through a link or by a name, and nothing of .git', async () => {
  const [from, to, outside] = [temporaryDirectory(), temporaryDirectory(), temporaryDirectory()]
  for (const path of ['cfg/.env', 'sub/nested/.git/HEAD', 'sub/nested/file', 'sub/other', 'x/.GIT/config']) {
    put(from, path)
  }
  symlinkSync(outside, join(to, 'cfg'))
  execFileSync('mkfifo', [join(from, 'sub', 'pipe')])
  const names = ['cfg/.env', 'sub/', '../escaped', '/etc/hostname', '.git/HEAD', 'x/.GIT/config']
  const { files, left } = await copyFiles(from, to, names)
  expect([files, readdirSync(outside), existsSync(join(to, '..', 'escaped'))]).toEqual([1, [], false])
  expect(readdirSync(join(to, 'sub'))).toEqual(['other'])
  expect(left.map(({ path }) => path).sort()).toEqual(
    [...names.filter((name) => name !== 'sub/'), 'sub/nested', 'sub/pipe'].sort(),
  )
  expect(lstatSync(join(to, 'cfg')).isSymbolicLink()).toBe(true)
})

test('a copy that was cut short is made anew, and its beginning goes', async () => {
  const [from, to] = [temporaryDirectory(), temporaryDirectory()]
  put(from, 'big/one', 'whole')
  put(to, '.mhv-copying/1/one', 'wh')
  expect(await copyFiles(from, to, ['big/'])).toMatchObject({ files: 1, kept: 0 })
  expect(readFileSync(join(to, 'big/one'), 'utf8')).toBe('whole')
  expect(readdirSync(to)).toEqual(['big'])
})
