import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhvProcess } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Size, type Terminal } from '../support/tmux.ts'

const ESCAPE = String.fromCharCode(27)
const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
]

interface Opened extends Terminal {
  /** What the terminal is set to while the shell waits. */
  readonly before: string
  /** Where this user's lines are kept. */
  readonly history: string
  /** Waits until the command has ended with a code, and the terminal is as it was. */
  ended(code: number): Promise<string>
}

/** What the terminal is set to while the shell reads a line, which it begins to a moment after its prompt is there. */
async function modesAtPrompt(terminal: Terminal): Promise<string> {
  for (;;) {
    const modes = terminal.modes()
    if (modes.includes('-icanon')) return modes
    await pause(25)
  }
}

/** A terminal with the palette open in it. */
async function open(
  cwd: string,
  size?: Size,
  env: Record<string, string> = {},
  line = 'mhv',
): Promise<Opened> {
  const state = env.XDG_STATE_HOME ?? temporaryDirectory()
  const settings = join(temporaryDirectory(), 'stty')
  const terminal = await openTerminal(cwd, size, { ...env, XDG_STATE_HOME: state })
  onTestFinished(() => terminal.close())
  const before = await modesAtPrompt(terminal)
  terminal.type(`stty -g > ${settings}.1; ${line}; echo "ended $?"; stty -g > ${settings}.2`)
  terminal.keys('Enter')
  await terminal.until('Esc leaves')
  return {
    ...terminal,
    before,
    history: join(state, 'mhv', 'palette.json'),
    ended: async (code) => {
      await terminal.until(new RegExp(`^ended ${code}$`, 'm'))
      const screen = await terminal.until((seen) => seen.endsWith(PROMPT))
      expect(readFileSync(`${settings}.2`, 'utf8')).toBe(readFileSync(`${settings}.1`, 'utf8'))
      expect(await modesAtPrompt(terminal)).toBe(before)
      return screen
    },
  }
}

async function withTasks(...titles: string[]): Promise<string> {
  const cwd = temporaryRepository()
  await mhvProcess(cwd, ['init', '--no-hooks'])
  for (const title of titles) expect((await mhvProcess(cwd, ['tc', title, '--no-parse'])).code).toBe(0)
  return cwd
}

const linesOf = (history: string): string[] =>
  JSON.parse(readFileSync(history, 'utf8')).lines.map(({ line }: { line: string }) => line)

describe.skipIf(!hasTerminal)('the palette', () => {
  test.each(SIZES)('shows tasks, worktrees and commands at %j, and Esc leaves nothing', async (size) => {
    const cwd = await withTasks('Fix auth bug', 'Write release notes')
    const terminal = await open(cwd, size)
    const lines = terminal.screen().split('\n')
    const first = lines.indexOf('mhv ›')
    expect(lines.slice(first, first + 5)).toEqual([
      'mhv ›',
      expect.stringMatching(/^❯ task {5}#1 Fix auth bug +pending medium$/),
      expect.stringMatching(/^ {2}task {5}#2 Write release notes +pending medium$/),
      expect.stringMatching(/^ {2}worktree main +\.$/),
      expect.stringMatching(/^ {2}command {2}task create \(tc\) +Create a task from words\.$/),
    ])
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(size.columns)
    terminal.keys('Escape')
    const after = await terminal.ended(0)
    expect(after).not.toContain('❯')
    expect(existsSync(terminal.history)).toBe(false)
  })

  test('finds a command by some of its letters, shows what runs and runs it', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.type('tsklst')
    await terminal.until(/❯ command {2}task list/)
    terminal.keys('Enter')
    await terminal.until(/mhv task list ›\n❯ run +mhv task list/)
    terminal.keys('Enter')
    const screen = await terminal.ended(0)
    expect(screen).toMatch(
      /\$ mhv task list\n# +STATUS +PRIORITY +TITLE\n1 +pending +medium +Fix auth bug\nended 0/,
    )
    expect(linesOf(terminal.history)).toEqual(['task list'])
  })

  test('an empty line runs nothing again that changes something', async () => {
    const cwd = await withTasks('Fix auth bug')
    const state = temporaryDirectory()
    const terminal = await open(cwd, undefined, { XDG_STATE_HOME: state })
    terminal.type('tc again')
    await terminal.until(/❯ run +mhv tc again/)
    terminal.keys('Enter')
    await terminal.ended(0)
    const next = await open(cwd, undefined, { XDG_STATE_HOME: state })
    expect(next.screen()).toMatch(/❯ recent +tc again/)
    next.keys('Enter')
    await next.until(/mhv › tc again\n❯ run +mhv tc again/)
    next.keys('Escape')
    await next.ended(0)
    expect(JSON.parse((await mhvProcess(cwd, ['tl', '--json'])).out).tasks).toHaveLength(2)
  })

  test('what was refused is not offered again', async () => {
    const cwd = await withTasks('Fix auth bug')
    const state = temporaryDirectory()
    const terminal = await open(cwd, undefined, { XDG_STATE_HOME: state })
    terminal.type('task show 77')
    await terminal.until(/❯ run +mhv task show 77/)
    terminal.keys('Enter')
    await terminal.ended(1)
    const again = await open(cwd, undefined, { XDG_STATE_HOME: state })
    expect(again.screen()).toMatch(/mhv ›\n❯ task +#1/)
    expect(linesOf(again.history)).toEqual(['task show 77'])
    again.keys('Up')
    await again.until('mhv › task show 77')
  })

  test('adds flags to a command with the widgets of questions', async () => {
    const cwd = await withTasks('Fix auth bug', 'Write release notes')
    const terminal = await open(cwd)
    terminal.type('>task list')
    await terminal.until(/❯ command {2}task list/)
    terminal.keys('Enter')
    await terminal.until('❯ run')
    terminal.type('text')
    await terminal.until(/❯ +--text/)
    terminal.keys('Enter')
    await terminal.until(/› text: /)
    terminal.type('release')
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv task list --text release/)
    terminal.keys('Enter')
    const screen = await terminal.ended(0)
    expect(screen).toContain('$ mhv task list --text release\n')
    expect(screen).toContain('Write release notes')
    expect(screen).not.toContain('auth')
  })

  test('which task is meant is asked with the list of tasks', async () => {
    const cwd = await withTasks('Fix auth bug', 'Write release notes')
    const terminal = await open(cwd)
    terminal.type('> predict')
    await terminal.until(/❯ command {2}predict/)
    terminal.keys('Enter')
    await terminal.until(/› task:\n❯ task {5}#1/m)
    terminal.type('7-9')
    await terminal.until(/❯ +7-9 +as typed/)
    terminal.keys('C-u')
    terminal.type('notes')
    await terminal.until(/❯ task {5}#2 Write release notes/)
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv predict 2/)
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain('$ mhv predict 2\n')
  })

  test('a task leads to what can be done with it: it is started', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.type('auth')
    await terminal.until(/❯ task {5}#1 Fix auth bug/)
    terminal.keys('Enter')
    const actions = await terminal.until('#1 Fix auth bug ›')
    expect(actions).toMatch(/❯ +show/)
    expect(actions).not.toMatch(/^ +reopen/m)
    terminal.type('start')
    await terminal.until(/❯ +start/)
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain('#1 started: Fix auth bug')
    expect((await mhvProcess(cwd, ['tl', '--status', 'in_progress'])).out).toContain('Fix auth bug')
  })

  test('what an action needs is asked for, and Esc goes back step by step', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.type('#auth')
    terminal.keys('Enter')
    await terminal.until('#1 Fix auth bug ›')
    terminal.type('block')
    await terminal.until(/❯ +block/)
    terminal.keys('Enter')
    await terminal.until('› reason: what is in the way')
    terminal.keys('Escape')
    await terminal.until(/#1 Fix auth bug › block\n❯ +block/)
    terminal.keys('Enter')
    await terminal.until('› reason: what is in the way')
    terminal.keys('Enter')
    await terminal.until('It needs a value')
    terminal.type('no key yet')
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv task block 1 --reason 'no key yet'/)
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain("$ mhv task block 1 --reason 'no key yet'")
    expect((await mhvProcess(cwd, ['task', 'show', '1'])).out).toContain('no key yet')
  })

  test('Esc in each step goes back to the list with what was typed, and where somebody was in it', async () => {
    const cwd = await withTasks('Fix auth bug', 'Author pages')
    const terminal = await open(cwd)
    terminal.type('auth')
    await terminal.until(/❯ task {5}#1/)
    terminal.keys('Down')
    await terminal.until(/❯ task {5}#2/)
    terminal.keys('Enter')
    await terminal.until('#2 Author pages ›')
    terminal.type('comm')
    await terminal.until(/❯ +comment/)
    terminal.keys('Enter')
    await terminal.until('› text:')
    terminal.keys('Escape')
    await terminal.until(/#2 Author pages › comm\n❯ +comment/)
    terminal.keys('Escape')
    await terminal.until(/mhv › auth\n[\s\S]*❯ task {5}#2 Author pages/)
    terminal.type('o')
    await terminal.until(/mhv › autho\n/)
    terminal.keys('C-u')
    terminal.type('>predict')
    await terminal.until(/❯ command {2}predict/)
    terminal.keys('Enter')
    await terminal.until(/› task:\n❯ task/m)
    terminal.keys('Escape')
    await terminal.until(/mhv › >predict\n❯ command {2}predict/)
    terminal.keys('Escape')
    await terminal.ended(0)
  })

  test('of several questions Esc goes back one, with what was answered before that', async () => {
    const cwd = await withTasks('Fix auth bug', 'Author pages')
    const terminal = await open(cwd)
    terminal.type('>task block')
    await terminal.until(/❯ command {2}task block/)
    terminal.keys('Enter')
    await terminal.until(/› tasks:\n❯ task/m)
    terminal.keys('Enter')
    await terminal.until('› reason: what is in the way')
    terminal.keys('Escape')
    await terminal.until(/› tasks:\n❯ task/m)
    terminal.type('author')
    await terminal.until(/❯ task {5}#2/)
    terminal.keys('Enter')
    await terminal.until('mhv task block 2 › reason: what is in the way')
    terminal.type('no key yet')
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv task block 2 --reason 'no key yet'/)
    terminal.keys('Escape')
    await terminal.until('› reason: what is in the way')
    terminal.keys('Escape')
    await terminal.until(/› tasks:\n❯ task/m)
    terminal.keys('Escape')
    await terminal.until(/mhv › >task block\n❯ command {2}task block/)
    terminal.keys('Escape')
    await terminal.ended(0)
  })

  test('a paste of several lines into a question is one answer, which Enter gives', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.type('#auth')
    terminal.keys('Enter')
    await terminal.until('#1 Fix auth bug ›')
    terminal.type('block')
    await terminal.until(/❯ +block/)
    terminal.keys('Enter')
    await terminal.until('› reason:')
    terminal.paste('no key\nyet\tat all\n')
    await terminal.until(/› reason: .*no key yet at all/)
    terminal.type('and so on')
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv task block 1 --reason 'no key yet at all and so on'/)
    terminal.type('debug')
    await terminal.until(/❯ +--debug/)
    terminal.keys('Enter')
    await terminal.until('› debug')
    terminal.paste('n\n')
    await terminal.until(/› debug[^›]* n$/m)
    terminal.keys('Escape')
    await terminal.until(/› debug\n❯ +--debug/)
    terminal.keys('C-c')
    await terminal.ended(130)
  })

  test('a line that was typed runs as it is, with the exit code of its command', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.type('task show 99')
    await terminal.until(/❯ run +mhv task show 99/)
    terminal.keys('Enter')
    expect(await terminal.ended(1)).toContain('TASK_NOT_FOUND')
  })

  test('a line that was typed without its task is asked for it', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.type('task show')
    await terminal.until(/❯ run +mhv task show$/m)
    terminal.keys('Enter')
    await terminal.until(/› tasks:\n❯ task {5}#1/m)
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv task show 1/)
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain('$ mhv task show 1\n')
  })

  test('Enter on a text that fits nothing searches it, and makes no task', async () => {
    const cwd = await withTasks()
    const terminal = await open(cwd)
    terminal.type('Quux zebras')
    await terminal.until('❯ search   search “Quux zebras”')
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain("$ mhv search 'Quux zebras'")
    expect((await mhvProcess(cwd, ['tl'])).out).not.toContain('Quux zebras')
  })

  test('a text that fits nothing becomes a task where that is chosen', async () => {
    const cwd = await withTasks()
    const terminal = await open(cwd)
    terminal.type('Quux zebras')
    await terminal.until('❯ search   search “Quux zebras”')
    terminal.keys('Down')
    await terminal.until('❯ create   create task “Quux zebras”')
    terminal.keys('Enter')
    await terminal.until(/created: Quux zebras|Create this task/)
    if (terminal.screen().includes('Create this task')) terminal.keys('Enter')
    await terminal.ended(0)
    expect((await mhvProcess(cwd, ['tl'])).out).toContain('Quux zebras')
  })

  test('a paste of several lines is one text, and runs nothing', async () => {
    const cwd = await withTasks('Fix auth bug')
    const terminal = await open(cwd)
    terminal.paste('task list\nand\tmore\n')
    await terminal.until('mhv › task list and more')
    terminal.type('!')
    await terminal.until('mhv › task list and more !')
    terminal.keys('Escape')
    await terminal.ended(0)
    expect(existsSync(terminal.history)).toBe(false)
  })

  test('↑ brings lines back, and what ran here stands first', async () => {
    const cwd = await withTasks('Fix auth bug')
    const state = temporaryDirectory()
    for (const line of ['task show 1', 'tl --status blocked']) {
      const terminal = await open(cwd, undefined, { XDG_STATE_HOME: state })
      terminal.type(line)
      await terminal.until('❯ run')
      terminal.keys('Enter')
      await terminal.ended(0)
      await terminal.close()
    }
    const terminal = await open(cwd, undefined, { XDG_STATE_HOME: state })
    expect(terminal.screen()).toMatch(/❯ recent {3}tl --status blocked\n {2}recent {3}task show 1\n {2}task/)
    terminal.keys('Up')
    await terminal.until('mhv › tl --status blocked')
    terminal.keys('Up')
    await terminal.until('mhv › task show 1')
    terminal.keys('Up', 'Down')
    await terminal.until('mhv › tl --status blocked')
    terminal.keys('Down')
    await terminal.until(/mhv ›\n/)
    terminal.keys('Up', 'Up')
    await terminal.until('❯ run      mhv task show 1')
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain('Fix auth bug')
    expect(linesOf(terminal.history)).toEqual(['task show 1', 'tl --status blocked'])
  })

  test.each(['main list', 'actions', 'question'])(
    'Ctrl-C in the %s changes nothing, and says 130',
    async (where) => {
      const cwd = await withTasks('Fix auth bug')
      const terminal = await open(cwd)
      if (where !== 'main list') {
        terminal.type('#auth')
        terminal.keys('Enter')
        await terminal.until('#1 Fix auth bug ›')
      }
      if (where === 'question') {
        terminal.type('comment')
        await terminal.until(/❯ +comment/)
        terminal.keys('Enter')
        await terminal.until('› text:')
      }
      terminal.keys('C-c')
      await terminal.ended(130)
      expect(existsSync(terminal.history)).toBe(false)
    },
  )

  test('Ctrl-Z leaves the terminal to the shell, and fg comes back to what was typed', async () => {
    const terminal = await open(await withTasks('Fix auth bug'))
    terminal.type('auth')
    await terminal.until(/❯ task/)
    terminal.keys('C-z')
    const stopped = await terminal.until(/Stopped/)
    expect(stopped).not.toContain('❯')
    await terminal.until((screen) => screen.endsWith(PROMPT))
    expect(await modesAtPrompt(terminal)).toBe(terminal.before)
    terminal.type('fg')
    terminal.keys('Enter')
    await terminal.until(/mhv › auth\n❯ task {5}#1 Fix auth bug/)
    terminal.type(' bug')
    await terminal.until('mhv › auth bug')
    terminal.keys('Escape')
    await terminal.until((screen) => screen.endsWith(PROMPT) && !screen.includes('❯'))
    expect(await modesAtPrompt(terminal)).toBe(terminal.before)
  })

  test('Ctrl-D leaves as Esc does', async () => {
    const terminal = await open(await withTasks())
    terminal.keys('C-d')
    await terminal.ended(0)
  })

  test('without colours what was typed is underlined, and nothing is coloured', async () => {
    const terminal = await open(await withTasks('Fix auth bug'), undefined, { NO_COLOR: '1' })
    terminal.type('auth')
    // What was typed last is drawn when the list has become as short as it makes it.
    await terminal.until((seen) => seen.includes('› auth') && /❯ task/.test(seen))
    const screen = terminal.screen({ colours: true })
    expect(screen).toContain(`${ESCAPE}[4mauth`)
    expect(screen).not.toMatch(new RegExp(`${ESCAPE}\\[(?:\\d+;)*(?:3[0-7]|9[0-7])m`))
    terminal.keys('Escape')
    await terminal.ended(0)
  })

  test('a terminal that becomes smaller is drawn anew', async () => {
    const terminal = await open(await withTasks('Fix auth bug'), { columns: 200, rows: 50 })
    terminal.resize({ columns: 60, rows: 12 })
    const screen = await terminal.until((seen) => /1 of \d+/.test(seen) && seen.split('\n').length <= 12)
    for (const line of screen.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
    terminal.keys('Escape')
    await terminal.ended(0)
  })

  test('a worktree is gone to, or how to is said', async () => {
    const cwd = await withTasks('Fix auth bug')
    await mhvProcess(cwd, ['start', '1'])
    const there = join(`${cwd}.worktrees`, '1-fix-auth-bug')
    const terminal = await open(cwd)
    terminal.type('@task')
    await terminal.until(/❯ worktree task\/1/)
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain(`cd ${there}`)
    const file = join(temporaryDirectory(), 'cd')
    const other = await open(cwd, undefined, { MHV_CD_FILE: file })
    other.type('@task')
    other.keys('Enter')
    await other.ended(0)
    expect(readFileSync(file, 'utf8')).toBe(there)
  })

  test('tasks of all repositories are found, and what was not read yet is said', async () => {
    const { directory, at } = await federationOf(
      { akosha: ['Keep trails'], crackerjack: ['Audit reports'] },
      ['akosha', 'crackerjack', 'gone'],
    )
    const terminal = await open(at('akosha'))
    expect(await terminal.until('gone is not there')).toContain('#1 Keep trails')
    terminal.type('audit rep')
    await terminal.until(/❯ task {5}crackerjack#1 Audit reports/)
    terminal.keys('Enter')
    await terminal.until('crackerjack#1 Audit reports ›')
    terminal.keys('Enter')
    expect(await terminal.ended(0)).toContain("$ mhv task show 'crackerjack#1'")
    const outside = await open(directory)
    await outside.until('akosha#1 Keep trails')
    outside.keys('Escape')
    await outside.ended(0)
  })

  test('outside of any repository there are commands, and -C leads into one', async () => {
    const cwd = await withTasks('Fix auth bug')
    const outside = join(cwd, '..')
    const terminal = await open(outside)
    expect(terminal.screen()).toMatch(/^❯ command {2}init/m)
    terminal.keys('Escape')
    await terminal.ended(0)
    const inside = await open(outside, undefined, {}, 'mhv -C demo')
    await inside.until('#1 Fix auth bug')
    inside.type('task show 9')
    await inside.until('❯ run')
    inside.keys('Enter')
    expect(await inside.ended(1)).toContain(`mhv -C ${cwd} `)
  })

  test('a command that opens an editor has the terminal to itself', async () => {
    const cwd = await withTasks('Fix auth bug')
    const editor = join(temporaryDirectory(), 'editor')
    writeFileSync(editor, '#!/bin/sh\nprintf "say: "\nread answer\necho "$answer" > "$1"\n', { mode: 0o755 })
    const terminal = await open(cwd, undefined, { GIT_EDITOR: editor })
    terminal.type('task comment 1')
    await terminal.until('❯ run')
    terminal.keys('Enter')
    await terminal.until(/^say: $|^say:$/m)
    terminal.type('every key arrives')
    terminal.keys('Enter')
    await terminal.ended(0)
    expect((await mhvProcess(cwd, ['task', 'show', '1'])).out).toContain('every key arrives')
  })

  test('a history that is damaged is empty, and written anew', async () => {
    const cwd = await withTasks('Fix auth bug')
    const state = temporaryDirectory()
    mkdirSync(join(state, 'mhv'))
    writeFileSync(join(state, 'mhv', 'palette.json'), '{"schema":1,"lines":[{"line":7},')
    const terminal = await open(cwd, undefined, { XDG_STATE_HOME: state })
    terminal.type('tl')
    await terminal.until('❯ run')
    terminal.keys('Enter')
    await terminal.ended(0)
    expect(linesOf(terminal.history)).toEqual(['tl'])
  })

  test.each([['mhv | cat'], ['mhv < /dev/null'], ['MHV_PLAIN=1 mhv | cat']])(
    '%s prints help',
    async (line) => {
      const terminal = await openTerminal(await withTasks(), { columns: 100, rows: 90 })
      onTestFinished(() => terminal.close())
      terminal.type(`${line}; echo "ended $?"`)
      terminal.keys('Enter')
      const screen = await terminal.until(/^ended 0$/m)
      expect(screen).toContain('USAGE')
      expect(screen).not.toContain('❯')
    },
  )
})

test('in a pipe it prints help', async () => {
  const { code, out } = await mhvProcess(await withTasks(), [])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('USAGE') })
})
