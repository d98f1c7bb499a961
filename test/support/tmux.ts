import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PROGRAM } from './cli.ts'
import { removeDirectory } from './remove-directory.ts'

/** Whether tests can drive a real terminal. Where continuous integration runs, they have to: .ci/run installs tmux. */
export const hasTerminal =
  spawnSync('tmux', ['-V'], { stdio: 'ignore' }).status === 0 || process.env.MHV_TERMINAL_TESTS === 'required'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A shell in a terminal of its own, typed into and read as a person does. */
export interface Terminal {
  /** Sends keys as tmux names them (`Enter`, `C-c`, `Up`); anything else is typed as it stands. */
  keys(...keys: readonly string[]): void
  /** Types a text as it stands. */
  type(text: string): void
  /** Pastes a text, marked as such where the program has asked for that. */
  paste(text: string): void
  /** The screen as text, without blanks at the ends of lines. */
  screen(options?: { readonly colours?: boolean }): string
  /** Waits until the screen fits, and answers it. Throws the last screen after `seconds`. */
  until(what: RegExp | string | ((screen: string) => boolean), seconds?: number): Promise<string>
  resize(size: Size): void
  /** What the terminal itself is set to: `stty -a`, the cursor, the alternate screen, mouse reporting. */
  modes(): string
  /** The process that the shell runs in front, 0 where it waits for a command line. */
  foreground(): number
  close(): Promise<void>
}

/** What the shell says when it waits for a command line. */
export const PROMPT = 'ready$'

/**
 * Opens a terminal with a shell in a directory, where `mhv` is the built program.
 * @param env of the shell, over that of the tests
 */
export async function openTerminal(
  cwd: string,
  { columns, rows }: Size = { columns: 80, rows: 24 },
  env: Readonly<Record<string, string>> = {},
): Promise<Terminal> {
  const directory = mkdtempSync(join(tmpdir(), 'mhv-tmux-'))
  const socket = join(directory, 'socket')
  const tmux = (...argv: readonly string[]) =>
    execFileSync('tmux', ['-f', '/dev/null', '-S', socket, ...argv], { encoding: 'utf8' })
  const all = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TERM: 'tmux-256color', ...env }
  execFileSync(
    'tmux',
    [
      '-f',
      '/dev/null',
      '-u',
      '-S',
      socket,
      'new-session',
      '-d',
      '-s',
      't',
      '-x',
      `${columns}`,
      '-y',
      `${rows}`,
    ].concat(['-c', cwd, 'bash', '--norc', '--noprofile']),
    { env: { ...all, PS1: `${PROMPT} `, MHV_NODE: process.execPath, MHV_PROGRAM: PROGRAM } },
  )
  tmux('set-option', '-g', 'status', 'off')
  tmux('set-option', '-s', 'escape-time', '0')
  tmux('set-option', '-g', 'default-terminal', 'tmux-256color')
  const screen = ({ colours = false } = {}) =>
    tmux('capture-pane', '-p', '-t', 't', ...(colours ? ['-e'] : []))
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd()
  const format = (what: string) => tmux('display-message', '-p', '-t', 't', what).trim()
  const terminal: Terminal = {
    keys: (...keys) => void tmux('send-keys', '-t', 't', ...keys),
    type: (text) => void tmux('send-keys', '-t', 't', '-l', '--', text),
    paste: (text) => {
      tmux('set-buffer', '--', text)
      tmux('paste-buffer', '-p', '-t', 't')
    },
    screen,
    until: async (what, seconds = 20) => {
      const fits =
        typeof what === 'function'
          ? what
          : (seen: string) => (typeof what === 'string' ? seen.includes(what) : what.test(seen))
      const end = Date.now() + seconds * 1000
      for (;;) {
        const seen = screen()
        if (fits(seen)) return seen
        if (Date.now() > end) throw new Error(`The screen never showed ${what}:\n${seen}`)
        await pause(25)
      }
    },
    resize: (size) => void tmux('resize-window', '-t', 't', '-x', `${size.columns}`, '-y', `${size.rows}`),
    modes: () => {
      const tty = format('#{pane_tty}')
      const stty = execFileSync('stty', ['-F', tty, '-a'], { encoding: 'utf8' }).replace(
        /rows \d+; columns \d+; /,
        '',
      )
      return [
        stty,
        format(
          'alternate #{alternate_on}, cursor #{cursor_flag}, mouse #{mouse_any_flag}, keypad #{keypad_flag}',
        ),
      ].join('\n')
    },
    foreground: () => {
      const [tty, shell] = format('#{pane_tty} #{pane_pid}').split(' ')
      // What it has started itself stands in front too.
      const processes = execFileSync('ps', ['-o', 'pid=,ppid=,stat=', '-t', tty!], { encoding: 'utf8' })
      const front = processes
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .find(([, parent, stat]) => parent === shell && stat?.includes('+'))
      return Number(front?.[0] ?? 0)
    },
    close: () => {
      spawnSync('tmux', ['-S', socket, 'kill-server'], { stdio: 'ignore' })
      return removeDirectory(directory)
    },
  }
  terminal.type(`mhv() { "$MHV_NODE" "$MHV_PROGRAM" "$@"; }; clear`)
  terminal.keys('Enter')
  await terminal.until((seen) => seen === PROMPT)
  return terminal
}
