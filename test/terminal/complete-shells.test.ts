import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvProcess, PROGRAM } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Terminal } from '../support/tmux.ts'

const isRequired = process.env.MHV_TERMINAL_TESTS === 'required'
const has = (shell: string) =>
  hasTerminal && (isRequired || spawnSync(shell, ['--version'], { stdio: 'ignore' }).status === 0)

/** A directory whose `mhv` is the built program, in front of the search path. */
function path(): string {
  const bin = temporaryDirectory()
  const program = `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`
  writeFileSync(join(bin, 'mhv'), program, { mode: 0o755 })
  return `${bin}:${process.env.PATH}`
}

/** Two repositories that know each other; the second has tasks to complete. */
async function demo(): Promise<string> {
  const { at } = await federationOf({ akosha: ['Keep it'], demo: [] })
  const cwd = at('demo')
  for (const [title, label] of [
    ['Fix the login', 'auth'],
    ['Write the notes', 'auth:web'],
    ['Ask about it', 'automation'],
  ] as const) {
    await mhv(cwd, 'tc', title, '--no-parse', '--label', label, '--assignee', "Zoë O'Neil <zoe@example.com>")
  }
  await mhv(cwd, 'tl', '--all')
  writeFileSync(join(cwd, 'repos.txt'), '')
  return cwd
}

/** A shell in a terminal of its own, where its completion is set up. */
async function shell(cwd: string, ...lines: readonly string[]): Promise<Terminal> {
  const terminal = await openTerminal(cwd, { columns: 100, rows: 30 }, { PATH: path() })
  onTestFinished(() => terminal.close())
  for (const line of lines) {
    terminal.type(`${line}; echo "is"" ready"`)
    terminal.keys('Enter')
    await terminal.until(/is ready\s+ready\$$/)
    terminal.type('clear')
    terminal.keys('Enter')
    await terminal.until((screen) => screen === PROMPT)
  }
  return terminal
}

/** Types the beginning of a line and Tab, and waits for the line as it should be. */
async function completes(terminal: Terminal, typed: string, line: string | RegExp): Promise<void> {
  terminal.type(typed)
  terminal.keys('Tab')
  await terminal.until((screen) =>
    typeof line === 'string' ? screen.split('\n')[0] === `${PROMPT} ${line}` : line.test(screen),
  )
  terminal.keys('C-e', 'C-u')
  await terminal.until((screen) => screen.split('\n')[0] === PROMPT)
  terminal.type('clear')
  terminal.keys('Enter')
  await terminal.until((screen) => screen === PROMPT)
}

describe('bash', () => {
  /** What the function answers readline, for a line with the cursor at its end. */
  function replies(cwd: string, line: string, replaced: string, type = 9): string[] {
    const script = `eval "$(mhv completion bash)"; COMP_TYPE=${type}; COMP_LINE=$LINE COMP_POINT=$(printf %s "$LINE" | wc -c)
      _mhv mhv "$REPLACED" ''; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PATH: path(), LINE: line, REPLACED: replaced },
    })
    expect(stderr).toBe('')
    return stdout.split('\n').filter((reply) => reply !== '')
  }

  test('only what readline replaces is answered, quoted as the word is', async () => {
    const cwd = await demo()
    expect(replies(cwd, 'mhv start 1', '1')).toEqual(['1'])
    expect(replies(cwd, 'mhv start ', '')).toEqual([
      '1  (Fix the login)',
      '2  (Write the notes)',
      '3  (Ask about it)',
    ])
    // Where candidates are put in one after the other, they come without their meanings.
    expect(replies(cwd, 'mhv start ', '', 37)).toEqual(['1', '2', '3'])
    expect(replies(cwd, 'mhv tl --status=pend', 'pend')).toEqual(['pending'])
    expect(replies(cwd, 'mhv tl --label auth:', '')).toEqual(['web'])
    expect(replies(cwd, 'mhv tl --label auth:w', 'w')).toEqual(['web'])
    expect(replies(cwd, 'mhv tl --assignee ann@ex', 'ex')).toEqual(['example.com'])
    expect(replies(cwd, 'mhv start akosha#', 'akosha#')).toEqual(['akosha#1'])
    expect(replies(cwd, "mhv tl --label 'auto", 'auto')).toEqual(['automation'])
    expect(replies(cwd, 'mhv tl --title "a b" --label=auto', 'auto')).toEqual(['automation'])
    expect(replies(cwd, 'mhv tl --title a\\ b --status pend', 'pend')).toEqual(['pending'])
    // Two bytes a letter.
    expect(replies(cwd, 'mhv tl --title äöü --status pend', 'pend')).toEqual(['pending'])
    expect(replies(cwd, 'mhv nonsense ', '')).toEqual([])
    writeFileSync(join(cwd, 'some tasks.jsonl'), '')
    expect(replies(cwd, 'mhv task import so', 'so')).toEqual(['some tasks.jsonl'])
    expect(replies(cwd, 'mhv worktree repair so', 'so')).toEqual([])
  })

  test.skipIf(!has('bash'))('Tab completes in a terminal', { timeout: 120_000 }, async () => {
    const cwd = await demo()
    const terminal = await shell(cwd, 'unset -f mhv; eval "$(mhv shell-init bash)"')
    await completes(terminal, 'mhv star', 'mhv start')
    await completes(terminal, 'mhv task unb', 'mhv task unblock')
    await completes(terminal, 'mhv tl --status=pend', 'mhv tl --status=pending')
    await completes(terminal, 'mhv tl --label auth:', 'mhv tl --label auth:web')
    await completes(terminal, 'mhv start ako', 'mhv start akosha#1')
    await completes(terminal, 'mhv tl --assignee Zo', "mhv tl --assignee Zoë\\ O\\'Neil")
    await completes(terminal, "mhv tl --assignee 'Zo", "mhv tl --assignee 'Zoë O'\\''Neil'")
    await completes(terminal, 'mhv tl --assignee "Zo', 'mhv tl --assignee "Zoë O\'Neil"')
    await completes(terminal, 'mhv tl --assignee zo', 'mhv tl --assignee zoe@example.com')
    await completes(
      terminal,
      'mhv task assign 1 Zo',
      "mhv task assign 1 Zoë\\ O\\'Neil\\ \\<zoe@example.com\\>",
    )
    for (const branch of ['w$x', "it's", 'hi!there', 'end"']) git(cwd, 'branch', branch)
    await completes(terminal, 'mhv wc q --base "w', 'mhv wc q --base "w\\$x"')
    await completes(terminal, 'mhv wc q --base "w\\$', 'mhv wc q --base "w\\$x"')
    await completes(terminal, 'mhv wc q --base w', 'mhv wc q --base w\\$x')
    await completes(terminal, "mhv wc q --base 'w", "mhv wc q --base 'w$x'")
    await completes(terminal, "mhv wc q --base 'it", "mhv wc q --base 'it'\\''s'")
    await completes(terminal, "mhv wc q --base 'it'\\''", "mhv wc q --base 'it'\\''s'")
    await completes(terminal, 'mhv wc q --base "hi', `mhv wc q --base "hi"'!'"there"`)
    await completes(terminal, 'mhv wc q --base "end', 'mhv wc q --base "end\\""')
    terminal.keys('Tab')
    terminal.type('mhv start ')
    terminal.keys('Tab', 'Tab')
    await terminal.until(/1 {2}\(Fix the login\)[\s\S]*3 {2}\(Ask about it\)/)
  })
})

test.skipIf(!has('bash'))(
  'a bash without what 3.2 lacks completes as well',
  { timeout: 120_000 },
  async () => {
    const cwd = await demo()
    writeFileSync(join(cwd, 'some tasks.jsonl'), '')
    mkdirSync(join(cwd, 'some where'))
    const terminal = await shell(
      cwd,
      'unset -f mhv; enable -n compopt mapfile readarray; eval "$(mhv shell-init bash)"',
    )
    const continues = async (typed: string, more: string, line: string) => {
      terminal.type(typed)
      terminal.keys('Tab')
      // The function has answered before what is typed next is read.
      await completes(terminal, more, line)
    }
    // A word that is whole is followed by a blank, one that is not is not.
    await continues('mhv star', 'x', 'mhv start x')
    await continues('mhv tl --label auth:', 'x', 'mhv tl --label auth:web x')
    await continues('mhv tl --label "auth:w', 'x', 'mhv tl --label "auth:web"x')
    await continues('mhv start akosha', '9', 'mhv start akosha#1 9')
    await continues('mhv task import some\\ t', 'x', 'mhv task import some\\ tasks.jsonl x')
    await continues('mhv worktree repair some', 'x', 'mhv worktree repair some\\ where/x')
    terminal.type('mhv start ')
    terminal.keys('Tab', 'Tab')
    await terminal.until(/1 {2}\(Fix the login\)[\s\S]*3 {2}\(Ask about it\)/)
  },
)

test.skipIf(!has('zsh'))('zsh completes in a terminal, with meanings', { timeout: 120_000 }, async () => {
  const cwd = await demo()
  const terminal = await shell(
    cwd,
    'exec zsh -f -c \'echo "is"" ready"; exec zsh -f\'',
    'eval "$(command mhv shell-init zsh)"',
  )
  await completes(terminal, 'mhv star', 'mhv start')
  await completes(terminal, 'mhv task unb', 'mhv task unblock')
  await completes(terminal, 'mhv tl --status=pend', 'mhv tl --status=pending')
  await completes(terminal, 'mhv tl --label auth:', 'mhv tl --label auth:web')
  await completes(terminal, 'mhv start ako', 'mhv start akosha\\#1')
  await completes(terminal, 'mhv start akosha\\#', 'mhv start akosha\\#1')
  await completes(terminal, 'mhv tl --assignee Zo', "mhv tl --assignee Zoë\\ O\\'Neil")
  await completes(terminal, 'mhv tl --assignee Zoë\\ O', "mhv tl --assignee Zoë\\ O\\'Neil")
  await completes(terminal, 'mhv tl --assignee "Zo', 'mhv tl --assignee "Zoë O\'Neil"')
  await completes(terminal, "mhv tl --assignee 'Zo", /^\S+ mhv tl --assignee 'Zoë O'\\''Neil'?$/m)
  await completes(
    terminal,
    'mhv task assign 1 Zo',
    "mhv task assign 1 Zoë\\ O\\'Neil\\ \\<zoe@example.com\\>",
  )
  await completes(terminal, 'mhv task import repos', 'mhv task import repos.txt')
  await completes(terminal, 'mhv start ', /1 +-- Fix the login\n2 +-- Write the notes\n3 +-- Ask about it/)
  // As the program has them, also where titles are the same, and none wider than the terminal.
  for (const title of ['Fix the login', `Long ${'日本語 '.repeat(40)}`, 'Fix the login']) {
    expect((await mhvProcess(cwd, ['tc', title, '--no-parse'])).code).toBe(0)
  }
  expect((await mhvProcess(cwd, ['task', 'edit', '2', '--priority', 'high'])).code).toBe(0)
  const { out } = await mhvProcess(cwd, ['__complete', 'zsh', '2', 'mhv', 'start', ''])
  const order = out
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0])
  expect(order).toHaveLength(6)
  const shown = order.map((number) => `${number} +-- [^\\n]+`).join('\\n')
  await completes(terminal, 'mhv start ', new RegExp(shown))
  await completes(terminal, 'mhv --pl', 'mhv --plain')
})

test.skipIf(!has('fish'))('fish completes in a terminal, with meanings', { timeout: 120_000 }, async () => {
  const cwd = await demo()
  const prompt = 'function fish_prompt; printf "ready\\$ "; end; function fish_greeting; end'
  const terminal = await shell(
    cwd,
    `exec fish --no-config -C '${prompt}; echo "is"" ready"'`,
    'mhv shell-init fish | source',
  )
  await completes(terminal, 'mhv star', 'mhv start')
  await completes(terminal, 'mhv task unb', 'mhv task unblock')
  await completes(terminal, 'mhv tl --status=pend', 'mhv tl --status=pending')
  await completes(terminal, 'mhv tl --label auth:', 'mhv tl --label auth:web')
  await completes(terminal, 'mhv start ako', 'mhv start akosha\\#1')
  await completes(terminal, 'mhv start akosha\\#', 'mhv start akosha\\#1')
  await completes(terminal, 'mhv tl --assignee Zo', "mhv tl --assignee Zoë\\ O\\'Neil")
  await completes(terminal, 'mhv tl --assignee Zoë\\ O', "mhv tl --assignee Zoë\\ O\\'Neil")
  await completes(terminal, 'mhv tl --assignee "Zo', 'mhv tl --assignee "Zoë O\'Neil"')
  await completes(terminal, "mhv tl --assignee 'Zo", "mhv tl --assignee 'Zoë O\\'Neil'")
  await completes(
    terminal,
    'mhv task assign 1 Zo',
    "mhv task assign 1 Zoë\\ O\\'Neil\\ \\<zoe@example.com\\>",
  )
  await completes(terminal, 'mhv task import repos', 'mhv task import repos.txt')
  await completes(terminal, 'mhv start ', /1 +\(Fix the login\)[\s\S]*3 +\(Ask about it\)/)
})

test('the script for PowerShell asks in its own way; it cannot be run here', async () => {
  const { out } = await mhv(temporaryDirectory(), 'completion', 'powershell')
  expect(out).toMatch(/^Register-ArgumentCompleter -Native -CommandName mhv -ScriptBlock \{/)
  expect(out).toContain('__complete powershell $index @words')
  // What a list has in front of the word that PowerShell replaces comes off; a quote that was begun is kept.
  expect(out).toContain('$text = $value.Substring($kept)')
  expect(out).toContain('if ($isQuoted -or $text -notmatch')
  const pairs = [...out.matchAll(/[{}()[\]]/g)].map(([sign]) => sign)
  for (const [open, close] of ['{}', '()', '[]']) {
    expect(pairs.filter((sign) => sign === open).length).toBe(pairs.filter((sign) => sign === close).length)
  }
})

test('one line sets up both, or one of them', async () => {
  const said = async (...argv: string[]) => (await mhvProcess(temporaryDirectory(), argv)).out.trimEnd()
  for (const name of ['bash', 'zsh', 'fish']) {
    const [both, completion, follows] = await Promise.all([
      said('shell-init', name),
      said('completion', name),
      said('shell-init', name, '--no-completion'),
    ])
    expect(completion).toContain(`__complete ${name}`)
    expect(follows).toContain('MHV_CD_FILE')
    expect(follows).not.toContain('__complete')
    expect(both).toBe(`${follows}\n${completion}`)
  }
})
