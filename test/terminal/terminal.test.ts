import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, PROGRAM } from '../support/cli.ts'
import { inTerminal } from '../support/in-terminal.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const ESCAPE = String.fromCharCode(27)
const plain = (text: string) => text.replaceAll(new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, 'g'), '')

test('the same commands work with a terminal on every stream', async () => {
  const demo = temporaryRepository()
  for (const argv of [
    ['init', '--no-hooks'],
    ['tc', 'Fix auth bug', '--priority', 'critical'],
    ['tl'],
    ['task', 'show', '1'],
    ['ready'],
    ['doctor'],
    ['task', '--help'],
    ['--help'],
    ['version'],
  ]) {
    const { code, shown } = inTerminal(demo, 80, ...argv)
    expect({ argv, code, shown }).toMatchObject({ code: 0 })
    expect(shown).not.toContain('bug in mhv')
  }
  expect(inTerminal(demo, 80, 'task', 'show', '9')).toMatchObject({ code: 1 })
})

test('a table fits the width of the terminal, in colour; without a terminal it is whole and plain', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const title = 'A title that is a good deal longer than what sixty columns have room for'
  await mhv(demo, 'tc', title, '--priority', 'critical', '--label', 'authentication')
  const { shown } = inTerminal(demo, 60, 'tl')
  expect(shown).toContain(`${ESCAPE}[`)
  const lines = plain(shown).trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  expect(lines[1]).toContain('…')
  const piped = execFileSync(process.execPath, [PROGRAM, 'tl'], { cwd: demo, encoding: 'utf8' })
  expect(piped).toContain(title)
  expect(piped).not.toContain(ESCAPE)
})

test('where room is short labels give way first, then spare columns, and the title stays', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const title = 'Make token refresh survive a restart'
  const labels = 'authentication,sessions,regression'
  await mhv(
    demo,
    'tc',
    title,
    '-l',
    labels,
    '-a',
    'Ann Somebody <ann@example.com>',
    '--deadline',
    '2026-12-01',
  )
  const [head, row] = plain(inTerminal(demo, 110, 'tl').shown).split('\n')
  expect(head).toMatch(/TITLE.*LABELS.*ASSIGNEE.*DEADLINE/)
  expect(row).toContain(title)
  for (const width of [80, 60, 40]) {
    const lines = plain(inTerminal(demo, width, 'tl').shown)
      .trimEnd()
      .split('\n')
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
    expect(lines[1]).toMatch(/^\d+ +pending +\S+ +Make toke/)
  }
  expect(plain(inTerminal(demo, 40, 'tl', '--columns', 'number,title,labels').shown)).toContain('LABELS')
})

test('the editor opens only once everything else is right, and what was written is not lost', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A', '-d', 'before')
  const edit = (editor: string, ...argv: string[]) => {
    execFileSync('git', ['config', 'core.editor', editor], { cwd: demo })
    return inTerminal(demo, 200, ...argv)
  }
  for (const argv of [
    ['tc', 'Bad', '--editor', '--depends-on', '99'],
    ['tc', 'Bad', '--editor', '-e', 'soon'],
    ['task', 'edit', '99', '--editor'],
    ['task', 'edit', '1', '--editor', '--parent', '99'],
    ['task', 'comment', '99'],
  ]) {
    const { code, shown } = edit('echo opened; true', ...argv)
    expect({ argv, failed: code !== 0 }).toEqual({ argv, failed: true })
    expect(shown).not.toContain('opened')
  }
  expect(edit('false', 'task', 'edit', '1', '--editor')).toMatchObject({
    code: 1,
    shown: expect.stringContaining('EDITOR_FAILED'),
  })
  const refused = edit('head -c 6000 /dev/zero | tr "\\0" x >', 'task', 'edit', '1', '--editor').shown
  const kept = /wrote\s+is\s+in\s+(\S+)\./.exec(refused)![1]!
  expect(readFileSync(kept, 'utf8')).toHaveLength(6000)
  rmSync(dirname(kept), { recursive: true })
  expect(edit('echo after >>', 'task', 'edit', '1', '--editor').code).toBe(0)
  expect((await mhv(demo, 'task', 'show', '1')).out).toMatch(/beforeafter/)
})

test('what is wrong with a command line is said without escapes, for people and as JSON', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A')
  for (const argv of [
    ['done', '1', '--force'],
    ['tl', '--limit', 'x'],
    ['task', 'check', '1', '1', '--unmet', '-e', 'x'],
  ]) {
    for (const more of [[], ['--json']]) {
      const { code, shown } = inTerminal(demo, 200, ...argv, ...more)
      expect(code).toBe(2)
      expect(shown).not.toMatch(/u001b|\[2m|\[22m/)
    }
  }
})

test('an editor that is left leaves nothing behind, unless something was written', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A', '-d', 'before')
  const temporary = temporaryDirectory()
  const edit = (editor: string, ...argv: string[]) => {
    execFileSync('git', ['config', 'core.editor', editor], { cwd: demo })
    const { shown } = inTerminal(demo, 200, ...argv)
    return { shown, left: readdirSync(temporary).filter((name) => name.startsWith('mhv-')) }
  }
  process.env.TMPDIR = temporary
  onTestFinished(() => {
    delete process.env.TMPDIR
  })
  for (const [editor, ...argv] of [
    ['true', 'task', 'comment', '1'],
    ['false', 'task', 'comment', '1'],
    ['false', 'task', 'edit', '1', '--editor'],
    ['kill -INT $PPID; true', 'task', 'comment', '1'],
    ['kill -HUP $PPID; true', 'task', 'comment', '1'],
    ['rm', 'task', 'comment', '1'],
  ] as const) {
    const { left, shown } = edit(editor, ...argv)
    expect({ editor, argv, left, shown }).toMatchObject({ left: [] })
    expect(shown).not.toContain('bug in mhv')
  }
  const { shown, left } = edit("printf 'caf\\351' >", 'task', 'comment', '1')
  expect(shown).toContain('UTF-8')
  expect(shown).toMatch(/What\s+you\s+wrote\s+is\s+in/)
  expect(left).toHaveLength(1)
})
