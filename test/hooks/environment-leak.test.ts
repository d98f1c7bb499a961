import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gitSays, script, withRemote } from '../support/hooks.ts'
import { husky, lefthook } from '../support/husky-and-lefthook.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** What tests of tools that use git do; with GIT_DIR from a hook this has committed to the user's branch. */
const NESTED = `set -e
directory=$(mktemp -d)
cd "$directory"
git init --quiet
git commit --quiet --allow-empty -m Bogus
git rev-parse --git-dir
test "$(git log --format=%s)" = Bogus
test -z "$(env | grep '^GIT_' | grep -v -e GIT_CONFIG_NOSYSTEM -e GIT_TERMINAL_PROMPT -e GIT_EXEC_PATH -e GIT_EDITOR -e GIT_AUTHOR -e GIT_ASKPASS -e GIT_REFLOG_ACTION)"
cd / && rm -rf "$directory"
`

const everything = (demo: string) => ({
  refs: git(demo, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags'),
  heads: git(demo, 'worktree', 'list', '--porcelain'),
  bare: gitSays(demo, ['config', '--get', 'core.bare']).out,
  worktree: gitSays(demo, ['config', '--get', 'core.worktree']).out,
  status: git(demo, 'status', '--porcelain'),
})

test.each([
  ['alone', 'pre-push'],
  ['with Husky', 'pre-push'],
  ['with lefthook', 'pre-push'],
  ['alone', 'pre-commit'],
  ['with Husky', 'pre-commit'],
])('a gate that makes repositories of its own leaves the user’s alone (%s, %s)', async (how, moment) => {
  const demo = temporaryRepository()
  script(join(demo, 'nested.sh'), NESTED)
  writeFileSync(
    join(demo, '.mhvrc.yaml'),
    `gates: [{name: nested, command: sh ./nested.sh, when: [${moment}]}]\n`,
  )
  if (how === 'with Husky') {
    script(join(demo, '.husky', moment), 'true\n')
    husky(demo)
  }
  if (how === 'with lefthook') {
    writeFileSync(join(demo, 'lefthook.yml'), `${moment}:\n  commands:\n    say:\n      run: "true"\n`)
    lefthook(demo, 'install')
  }
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--no-verify', '-m', 'All')
  withRemote(demo)
  await run(demo, 'hooks', 'install')
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', '-b', 'work', linked)
  for (const where of [linked, demo])
    git(where, 'commit', '--quiet', '--no-verify', '--allow-empty', '-m', where)
  const before = everything(demo)
  for (const where of [linked, demo]) {
    const args =
      moment === 'pre-push' ? ['push', 'origin', 'HEAD'] : ['commit', '--allow-empty', '-m', 'Real']
    const said = gitSays(where, args, { GIT_AUTHOR_NAME: 'Ann' })
    expect(said).toMatchObject({ status: 0, err: expect.stringContaining('gates passed: nested') })
    if (moment === 'pre-commit') git(where, 'reset', '--quiet', '--hard', 'HEAD~1')
  }
  expect(everything(demo)).toEqual(before)
})

test('what git says of the commit that is made does not reach the commits that a gate makes', async () => {
  const demo = temporaryRepository()
  writeFileSync(
    join(demo, '.mhvrc.yaml'),
    'gates: [{name: env, command: "env | grep ^GIT_ >.git/seen; true", when: [pre-commit]}]\n',
  )
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--no-verify', '-m', 'All')
  await run(demo, 'hooks', 'install')
  const args = [
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'A',
    '--author',
    'Zoe <z@z>',
    '--date',
    '2001-01-01',
  ]
  expect(gitSays(demo, args).status).toBe(0)
  expect(git(demo, 'log', '-1', '--format=%an')).toBe('Zoe')
  expect(readFileSync(join(demo, '.git', 'seen'), 'utf8')).not.toMatch(
    /^GIT_(?:AUTHOR|EDITOR|EXEC_PATH|REFLOG_ACTION|INDEX_FILE)/m,
  )
})
