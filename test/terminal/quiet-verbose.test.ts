import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutSecretsIn } from '../../src/say-what-is-done.ts'
import { mhv, mhvProcess } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

async function repository(): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  return cwd
}

test('with --quiet what is created is its reference alone, which other commands take', async () => {
  const cwd = await repository()
  expect(await mhvProcess(cwd, ['tc', '-q', 'Fix auth bug by Friday #auth'])).toEqual({
    code: 0,
    out: '#1\n',
    err: '',
  })
  // The second is like the first, which is told otherwise.
  const { out, err } = await mhvProcess(cwd, ['--quiet', 'tc', 'Fix auth bug'])
  expect({ out, err }).toEqual({ out: '#2\n', err: '' })
  expect((await mhvProcess(cwd, ['task', 'show', out.trim(), '--json'])).code).toBe(0)
  expect((await mhvProcess(cwd, ['task', 'label', '-q', '1,2', 'late'])).out).toBe('#1\n#2\n')
  expect((await mhvProcess(cwd, ['task', 'cancel', '2', '-q', '--reason', 'twice'])).out).toBe('#2\n')
  const made = await mhvProcess(cwd, ['wc', 'topic', '-q'])
  expect(made.err).toBe('')
  expect(made.out).toMatch(/^\/.*topic\n$/)
})

test('with --quiet hints are left out, and errors and what an answer lacks are not', async () => {
  const cwd = await repository()
  const loud = await mhvProcess(cwd, ['tl'])
  expect(loud.err).toContain('No task matches')
  expect(await mhvProcess(cwd, ['tl', '-q'])).toEqual({ code: 0, out: '', err: '' })
  expect((await mhvProcess(cwd, ['tl', 'overdue', 'bugs'])).err).toContain('mhv task list')
  expect((await mhvProcess(cwd, ['tl', '-q', 'overdue', 'bugs'])).err).toBe('')
  const failed = await mhvProcess(cwd, ['task', 'show', '9', '-q'])
  expect(failed.code).toBe(1)
  expect(failed.err).toContain('TASK_NOT_FOUND')
  const other = temporaryRepository()
  const began = await mhvProcess(other, ['init', '-q', '--no-hooks'])
  expect(began.out).not.toContain('Next:')
})

test('with --quiet no command says in a sentence that it worked: a script gets what it takes, or nothing', async () => {
  const cwd = await repository()
  const quiet = async (...argv: string[]) => {
    const { code, out, err } = await mhvProcess(cwd, [...argv, '-q'])
    expect({ argv, code, err }).toEqual({ argv, code: 0, err: '' })
    return out
  }
  execFileSync('git', ['init', '-q', '--bare', join(cwd, '.git', 'there.git')])
  execFileSync('git', ['remote', 'add', 'origin', join(cwd, '.git', 'there.git')], { cwd })
  for (const argv of [
    ['init', '--yes', '--no-hooks'],
    ['hooks', 'install'],
    ['hooks', 'install'],
    ['hooks', 'uninstall'],
    ['sync'],
    ['doctor'],
    ['audit'],
    ['conflicts'],
    ['gate', 'run'],
    ['gate', 'verify'],
    ['worktree', 'repair'],
    ['worktree', 'prune'],
    ['worktree', 'list', '--trash'],
    ['task', 'export', '--output', join(cwd, '.git', 'tasks.jsonl')],
    ['model', 'remove'],
  ]) {
    expect({ argv, out: await quiet(...argv) }).toEqual({ argv, out: '' })
  }
  const file = join(cwd, '.git', 'repos.yaml')
  writeFileSync(file, 'repos: []\n')
  expect(await quiet('repos', 'add', cwd, '--name', 'here', '--file', file)).toBe('here\n')
  expect(await quiet('repos', 'check', '--repos', file)).toBe('')
  expect(await quiet('sync', '--repos', file)).toBe('')
  expect(await quiet('repos', 'remove', 'here', '--repos', file)).toBe('here\n')
  expect(await quiet('repos', 'discover', cwd, '--file', file)).toMatch(/^\S+\n$/)
  const made = (await quiet('wc', 'topic')).trim()
  expect(await quiet('worktree', 'move', made, `${made}-2`)).toBe(`${made}-2\n`)
  expect(await quiet('worktree', 'remove', `${made}-2`)).toBe(`${made}-2\n`)
  expect(await quiet('worktree', 'undo')).toBe(`${made}-2\n`)
  expect(await quiet('gate', 'init', '--preset', 'gitleaks')).toBe(`${join(cwd, '.mhvrc.yaml')}\n`)
  expect(await quiet('deinit')).toBe('')
  expect((await mhvProcess(cwd, ['hooks', 'install'])).out).toContain('Installed the hooks in')
})

test('with --quiet an answer says nothing about itself, such as how much more there is', async () => {
  const cwd = await repository()
  const lines = Array.from({ length: 5 }, (_, i) =>
    JSON.stringify({ source: 'x', id: String(i), title: `Fix auth ${i}` }),
  )
  await mhvProcess(cwd, ['task', 'import', '-'], { input: lines.join('\n') })
  const quiet = async (...argv: string[]) => {
    const { code, out, err } = await mhvProcess(cwd, [...argv, '-q'])
    expect({ argv, code, err }).toEqual({ argv, code: 0, err: '' })
    expect((await mhvProcess(cwd, argv, { env: { MHV_QUIET: '1' } })).out).toBe(out)
    expect((await mhvProcess(cwd, argv)).out).not.toBe(out)
    return out
  }
  const head = /^ *# {2}STATUS +PRIORITY {2}TITLE\n/
  for (const argv of [['tl'], ['ready'], ['tl', '--group-by', 'type']]) {
    const out = await quiet(...argv, '--limit', '2')
    expect(out).toMatch(head)
    expect(out.replace(/\n\ntask \(2\)/, '').split('\n')).toEqual([
      expect.stringMatching(/^#/),
      expect.stringMatching(/^1 .*Fix auth 0$/),
      expect.stringMatching(/^2 .*Fix auth 1$/),
      '',
    ])
  }
  expect(await quiet('tl', '--plain', '--limit', '1')).toMatch(/^#1; .*\n$/)
  expect(await quiet('tl', '--format', 'markdown', '--limit', '1')).toMatch(/^\| #.*\n\| -.*\n\| 1 .*\n$/)
  expect((await quiet('ts', 'auth', '--limit', '2')).split('\n')).toEqual([
    expect.stringMatching(/^#\d {2}Fix auth \d {2}pending$/),
    expect.stringMatching(/^#\d {2}Fix auth \d {2}pending$/),
    '',
  ])
  expect(await quiet('plan', '--limit', '1')).toMatch(
    /^Critical path, 4 h:\n {2}#1 .*\n\nCan run now: .*\n\nLEVEL .*\n +1 +#1 .*\n$/,
  )
  expect(await quiet('graph')).toBe('')
  expect(await quiet('patterns')).toBe('')
  expect(await quiet('preflight')).toMatch(/^CHECK .*\n(?:\S.* (?:ok|warning) .*\n)+$/)
  expect(await quiet('model', 'status')).toBe('')
  expect(await quiet('config', 'trust')).toBe('')
  await mhvProcess(cwd, ['task', 'cancel', '5', '--reason', 'twice'])
  expect(await quiet('predict', '5')).toBe('')
})

test('with --quiet what was left alone is still said, beside the answer', async () => {
  const cwd = await repository()
  await mhv(cwd, 'hooks', 'install')
  const hook = join(cwd, '.git', 'hooks', 'pre-push')
  writeFileSync(hook, '#!/bin/sh\nexit 0\n')
  const { out, err } = await mhvProcess(cwd, ['hooks', 'uninstall', '-q'])
  expect(out).toBe('')
  expect(err).toMatch(/^Left alone.*pre-push\.\n$/)
})

test('with --verbose it says which git commands ran, how long they took, and whether the index was at hand', async () => {
  const cwd = await repository()
  await mhv(cwd, 'tc', 'A', '--no-parse')
  const warm = await mhvProcess(cwd, ['tl', '--verbose'])
  expect(warm.err).toMatch(/^mhv: index of .* read as it is\n$/)
  rmSync(join(cwd, '.git', 'mtos'), { recursive: true })
  const { out, err } = await mhvProcess(cwd, ['--verbose', 'tl'])
  expect(out).toBe(warm.out)
  expect(err).toMatch(/^mhv: git .*: \d+ ms$/m)
  expect(err).toMatch(/^mhv: index of .*: \d+ ms, built from nothing$/m)
  for (const line of err.trimEnd().split('\n')) expect(line).toMatch(/^mhv: /)
  expect((await mhvProcess(cwd, ['tl'])).err).toBe('')
})

test('what --verbose says has no secrets', async () => {
  const cwd = await repository()
  execFileSync('git', ['remote', 'add', 'origin', 'https://ann:s3cret@127.0.0.1:9/x.git'], { cwd })
  await mhv(cwd, 'tc', 'A', '--no-parse')
  const { err } = await mhvProcess(cwd, ['sync', '--verbose', '--timeout', '5'])
  expect(err).toMatch(/^mhv: git /m)
  expect(err).not.toContain('s3cret')
  for (const text of [
    'git -c http.extraheader=Authorization: Basic czNjcmV0 fetch',
    'GET https://ann:czNjcmV0@host/x',
    'token=czNjcmV0',
  ]) {
    expect(withoutSecretsIn(text)).not.toContain('czNjcmV0')
  }
  expect(withoutSecretsIn('one\nline \u001b[2J')).toBe('one line  [2J')
})
