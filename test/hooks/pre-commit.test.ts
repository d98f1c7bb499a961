import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitSays, script } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const GATES = `gates:
  - name: seen
    command: echo {files} >>"$RUNS" && ! grep bad src/*
    files: ['src/**']
    when: [pre-commit]
`

async function gated(config = GATES) {
  const demo = temporaryRepository()
  writeFileSync(join(demo, '.mhvrc.yaml'), config)
  script(join(demo, 'src', 'a'), 'good\n', 0o644)
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '-m', 'Begin')
  await run(demo, 'hooks', 'install')
  const runs = join(temporaryDirectory(), 'runs')
  writeFileSync(runs, '')
  return {
    demo,
    commit: (...args: string[]) => gitSays(demo, ['commit', '--quiet', '-m', 'A', ...args], { RUNS: runs }),
    ran: () => {
      const lines = readFileSync(runs, 'utf8').split('\n').filter(Boolean)
      writeFileSync(runs, '')
      return lines
    },
  }
}

test('a gate that fails stops the commit, one that is about other files is not run', async () => {
  const { demo, commit, ran } = await gated()
  writeFileSync(join(demo, 'readme'), 'bad\n')
  git(demo, 'add', '.')
  expect(commit()).toMatchObject({ status: 0, err: '' })
  expect(ran()).toEqual([])
  writeFileSync(join(demo, 'src', 'b'), 'bad\n')
  git(demo, 'add', '.')
  const stopped = commit()
  expect(stopped).toMatchObject({ status: 1, err: expect.stringContaining('GATE_FAILED') })
  expect(ran()).toEqual(['src/b'])
  expect(git(demo, 'diff', '--cached', '--name-only')).toBe('src/b')
  writeFileSync(join(demo, 'src', 'b'), 'good\n')
  expect(commit('--all')).toMatchObject({ status: 0, err: 'mhv: gates passed: seen\n' })
  expect(ran()).toEqual(['src/b'])
})

test('what git commits from an index of its own counts: all changes, or named files', async () => {
  const { demo, commit, ran } = await gated()
  writeFileSync(join(demo, 'src', 'b'), 'good\n')
  git(demo, 'add', '.')
  writeFileSync(join(demo, 'src', 'a'), 'better\n')
  expect(commit('--', 'src/a').status).toBe(0)
  expect(ran()).toEqual(['src/a'])
  expect(git(demo, 'diff', '--cached', '--name-only')).toBe('src/b')
  writeFileSync(join(demo, 'src', 'a'), 'best\n')
  expect(commit('--all').status).toBe(0)
  expect(ran()).toEqual(['src/a src/b'])
})

test('where what is staged is not what is on disk, that is said in one line, and nothing is stashed', async () => {
  const { demo, commit } = await gated()
  writeFileSync(join(demo, 'src', 'a'), 'staged\n')
  git(demo, 'add', '.')
  writeFileSync(join(demo, 'src', 'a'), 'on disk\n')
  const { status, err } = commit()
  expect(status).toBe(0)
  expect(err).toMatch(/^mhv: gates see files as they are on disk, .*: src\/a\nmhv: gates passed: seen\n$/)
  expect(readFileSync(join(demo, 'src', 'a'), 'utf8')).toBe('on disk\n')
  expect(git(demo, 'show', 'HEAD:src/a')).toBe('staged')
})

test('in a linked worktree its own configuration counts', async () => {
  const { demo } = await gated('')
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', '-b', 'work', linked)
  writeFileSync(join(linked, '.mhvrc.yaml'), 'gates: [{name: never, command: exit 1, when: [pre-commit]}]\n')
  expect(gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A']).status).toBe(0)
  expect(gitSays(linked, ['commit', '--quiet', '--allow-empty', '-m', 'A']).status).toBe(1)
})

test('where nothing is configured the shell answers alone, until something is', async () => {
  const demo = temporaryRepository()
  await run(demo, 'hooks', 'install')
  const hook = join(demo, '.git', 'hooks', 'pre-commit')
  const told = join(temporaryDirectory(), 'told')
  script(`${told}-node`, `#!/bin/sh\necho >>'${told}'\nexec '${process.execPath}' "$@"\n`)
  script(hook, readFileSync(hook, 'utf8').replace(/^mhv_node=.*$/m, `mhv_node='${told}-node'`))
  const startsNode = (where: string): boolean => {
    writeFileSync(told, '')
    gitSays(where, ['commit', '--quiet', '--allow-empty', '-m', 'A'])
    return readFileSync(told, 'utf8') !== ''
  }
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', '-b', 'work', linked)
  for (const where of [demo, linked]) expect([startsNode(where), startsNode(where)]).toEqual([true, false])
  writeFileSync(join(linked, 'package.json'), '{}')
  expect([startsNode(demo), startsNode(linked), startsNode(linked)]).toEqual([false, true, false])
  writeFileSync(join(linked, 'package.json'), '{"mhv": {"gates": []}}')
  expect(startsNode(linked)).toBe(true)
  await run(demo, 'hooks', 'uninstall')
  expect(existsSync(join(demo, '.git', 'mtos-no-pre-commit'))).toBe(false)
  expect(existsSync(join(demo, '.git', 'worktrees', 'linked', 'mtos-no-pre-commit'))).toBe(false)
})

test('the first commit of a repository has nothing that gates could be run on, which is said', async () => {
  const demo = join(temporaryDirectory(), 'new')
  git('/', 'init', '--quiet', demo)
  writeFileSync(join(demo, '.mhvrc.yaml'), GATES)
  await run(demo, 'hooks', 'install')
  const { status, err } = gitSays(demo, ['commit', '--quiet', '--allow-empty', '-m', 'A'])
  expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining('this one is the first') })
})
