import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { mhvJson } from '../support/cli.ts'
import { gitSays, script } from '../support/hooks.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

let demo: string
let work: string

beforeEach(async () => {
  demo = temporaryRepository()
  await run(demo, 'init')
  await run(demo, 'tc', 'A task')
  await run(demo, 'hooks', 'install')
  work = (await mhvJson(demo, 'start', '1')).worktree
})

const commit = (where: string, ...args: string[]): string => {
  const { status, err } = gitSays(where, ['commit', '--quiet', '--allow-empty', ...args])
  if (status !== 0) throw new Error(err)
  return message(where)
}
const message = (where: string) => git(where, 'log', '-1', '--format=%B')

test('a commit on a task’s branch says which task it is about, once', () => {
  expect(commit(work, '-m', 'Fix it')).toBe('Fix it\n\nTask: #1\n')
  expect(commit(work, '--amend', '--no-edit')).toBe('Fix it\n\nTask: #1\n')
  expect(commit(work, '--amend', '-m', 'Better', '-m', 'Signed-off-by: A <a@b>')).toBe(
    'Better\n\nSigned-off-by: A <a@b>\nTask: #1\n',
  )
  expect(commit(work, '-m', 'Named by hand\n\nTask: #1')).toBe('Named by hand\n\nTask: #1\n')
  expect(commit(work, '-m', 'With a line\n\n---\nof dashes')).toBe(
    'With a line\n\n---\nof dashes\n\nTask: #1\n',
  )
})

test.each([
  'https://example.com/1',
  'std::vector is faster',
  'C:\\dir\\file',
  'localhost:8080',
  'Two lines\nof text',
  'naïve, 日本, bell\u0008',
])('what looks like a trailer stays as it is: %j', (text) => {
  expect(commit(work, '-m', 'Fix', '-m', text)).toBe(`Fix\n\n${text}\n\nTask: #1\n`)
})

test.each([
  ['Fix: it', 'Fix: it\n\nTask: #1\n'],
  ['Fix\n\nRefs: #2\n  and more\nReviewed-by: A', 'Fix\n\nRefs: #2\n  and more\nReviewed-by: A\nTask: #1\n'],
  ['Fix\n\nFixes #12\nSigned-off-by: A <a@b>', 'Fix\n\nFixes #12\nSigned-off-by: A <a@b>\nTask: #1\n'],
  [
    'Fix\n\nhttps://example.com/1\nSigned-off-by: A <a@b>',
    'Fix\n\nhttps://example.com/1\nSigned-off-by: A <a@b>\nTask: #1\n',
  ],
  ['Fix\n\nCloses:#12', 'Fix\n\nCloses:#12\nTask: #1\n'],
  ['Fix\n\nRefs: 12', 'Fix\n\nRefs: 12\nTask: #1\n'],
  ['Fix\n\nTask: #1\n\nis what it is about', 'Fix\n\nTask: #1\n\nis what it is about\n\nTask: #1\n'],
  [
    'Fix\n\nText\n\n(cherry picked from commit 123)',
    'Fix\n\nText\n\n(cherry picked from commit 123)\nTask: #1\n',
  ],
])('a trailer goes to the others, where there are any: %j', (text, whole) => {
  expect(commit(work, '-m', text)).toBe(whole)
  expect(git(work, 'log', '-1', '--format=%(trailers:key=Task,valueonly)').trim()).toBe('#1')
})

test.each([
  ['quit without a word', [], 'true', ''],
  ['quit without a word, signed off', ['--signoff'], 'true', ''],
  ['an empty message, signed off', ['--signoff', '-m', ''], ':', ''],
  ['a template that nobody filled', [], 'true', 'Why:\n# What it is about\n'],
])('a commit that git refuses is refused: %s', (_, args, editor, template) => {
  if (template) {
    writeFileSync(join(demo, '..', 'template'), template)
    git(work, 'config', 'commit.template', join(demo, '..', 'template'))
  }
  const before = git(work, 'rev-parse', 'HEAD')
  const { status, err } = gitSays(work, ['commit', '--allow-empty', ...args], { GIT_EDITOR: editor })
  expect(status).toBe(1)
  expect(err).toMatch(/empty commit message|did not edit the message/)
  expect(git(work, 'rev-parse', 'HEAD')).toBe(before)
})

test.each(['scissors', 'whitespace', 'verbatim'])(
  'above the scissors also where commit.cleanup is %s',
  (cleanup) => {
    git(work, 'config', 'commit.cleanup', cleanup)
    writeFileSync(join(work, 'file'), 'content\n')
    git(work, 'add', '.')
    const editor = join(demo, '..', 'editor')
    script(editor, '#!/bin/sh\n{ echo Fix it; cat "$1"; } >"$1.new" && mv "$1.new" "$1"\n')
    const verbose = cleanup === 'scissors' ? [] : ['--verbose']
    expect(gitSays(work, ['commit', '--quiet', ...verbose], { GIT_EDITOR: editor }).status).toBe(0)
    expect(git(work, 'log', '-1', '--format=%(trailers:key=Task,valueonly)').trim()).toBe('#1')
    expect(message(work)).not.toContain('diff --git')
  },
)

test('a message in another encoding keeps its bytes', () => {
  git(work, 'config', 'i18n.commitEncoding', 'ISO-8859-1')
  writeFileSync(join(work, 'message'), Buffer.from('Fix\n\nna\xefve', 'latin1'))
  commit(work, '-F', 'message')
  const log = ['-c', 'i18n.logOutputEncoding=UTF-8', 'log', '-1', '--format=%B']
  expect(git(work, ...log)).toBe('Fix\n\nnaïve\n\nTask: #1\n')
})

test('lines that begin with # are the message where no editor was used, as with -m', () => {
  expect(commit(work, '-m', '#12 fix login')).toBe('#12 fix login\n\nTask: #1\n')
  expect(commit(work, '-m', 'Fix', '-m', 'Closes', '-m', '#12 and #13')).toBe(
    'Fix\n\nCloses\n\n#12 and #13\n\nTask: #1\n',
  )
  git(work, 'config', 'commit.cleanup', 'strip')
  expect(commit(work, '-m', 'Fix', '-m', '#12 goes')).toBe('Fix\n\nTask: #1\n')
})

test('no other commit does', () => {
  expect(commit(demo, '-m', 'On main')).toBe('On main\n')
  git(work, 'checkout', '--quiet', '--detach')
  expect(commit(work, '-m', 'Detached')).toBe('Detached\n')
  git(work, 'checkout', '--quiet', 'task/1')
  for (const kind of ['fixup', 'squash']) {
    expect(commit(work, `--${kind}=HEAD`, '--no-edit')).not.toContain('Task:')
  }
  expect(commit(work, '-m', 'amend! First commit', '-m', 'Text')).not.toContain('Task:')
  git(demo, 'commit', '--quiet', '--allow-empty', '-m', 'Meanwhile')
  expect(gitSays(work, ['merge', '--quiet', '--no-ff', '-m', 'Merge it', 'main']).status).toBe(0)
  expect(message(work)).toBe('Merge it\n')
  expect(
    gitSays(work, ['commit', '--quiet', '--allow-empty', '--allow-empty-message', '-m', '']).status,
  ).toBe(0)
  expect(message(work)).toBe('')
})

test('a rebase does not add it again', () => {
  commit(work, '-m', 'One')
  commit(work, '-m', 'Two')
  commit(demo, '-m', 'Meanwhile')
  expect(gitSays(work, ['rebase', '--quiet', '--force-rebase', 'main']).status).toBe(0)
  expect(git(work, 'log', '-2', '--format=%B').match(/Task: #1/g)).toHaveLength(2)
  const env = { GIT_SEQUENCE_EDITOR: "sed -i '2s/pick/reword/'", GIT_EDITOR: "sed -i '1s/$/ again/'" }
  expect(gitSays(work, ['rebase', '--quiet', '--interactive', '--force-rebase', 'HEAD~2'], env).status).toBe(
    0,
  )
  expect(message(work)).toBe('Two again\n\nTask: #1\n')
})

test('in an editor it goes above comments and above what commit -v shows, and an empty message stays one', () => {
  writeFileSync(join(work, 'file'), 'content\nTask: #9\n')
  git(work, 'add', '.')
  const editor = join(demo, 'editor')
  script(editor, '#!/bin/sh\n{ echo Written; echo; cat "$1"; } >"$1.new" && mv "$1.new" "$1"\n')
  expect(gitSays(work, ['commit', '--verbose', '--quiet'], { GIT_EDITOR: editor }).status).toBe(0)
  expect(message(work)).toBe('Written\n\nTask: #1\n')
  const env = { GIT_EDITOR: 'true' }
  const { status, err } = gitSays(work, ['commit', '--allow-empty', '--verbose'], env)
  expect({ status, err }).toMatchObject({ status: 1, err: expect.stringContaining('empty commit message') })
  git(work, 'config', 'core.commentChar', ';')
  script(editor, '#!/bin/sh\n{ echo Hash; echo; echo "# kept"; cat "$1"; } >"$1.new" && mv "$1.new" "$1"\n')
  expect(gitSays(work, ['commit', '--allow-empty', '--quiet'], { GIT_EDITOR: editor }).status).toBe(0)
  expect(message(work)).toMatch(/^Hash\n\n# kept\n/)
  expect(message(work)).toMatch(/\nTask: #1\n$/)
})

test('hooks.trailer: false keeps messages as they are', () => {
  writeFileSync(join(work, '.mhvrc.yaml'), 'hooks: {trailer: false}\n')
  expect(commit(work, '-m', 'Plain')).toBe('Plain\n')
})

test('the hook that was there runs first, and what it makes of the message counts', async () => {
  await run(demo, 'hooks', 'uninstall')
  const hook = join(demo, '.git', 'hooks', 'commit-msg')
  script(hook, '#!/bin/sh\necho "Change-Id: I1" >>"$1"\nexit $ENDS\n')
  await run(demo, 'hooks', 'install')
  expect(commit(work, '-m', 'A', '-m', 'See: x')).toBe('A\n\nSee: x\nChange-Id: I1\nTask: #1\n')
  const { status } = gitSays(work, ['commit', '--allow-empty', '-m', 'B'], { ENDS: '3' })
  expect(status).not.toBe(0)
  expect(readFileSync(join(demo, '.git', 'worktrees', '1-a-task', 'COMMIT_EDITMSG'), 'utf8')).not.toContain(
    'Task:',
  )
})
