import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { shellWord } from '../../errors.ts'
import { packageRoot } from '../../package-root.ts'
import { commandOf } from '../short-forms.ts'

/** What led a command line to the place that it was about. */
interface Led {
  /** Values of -C, in front of the command. */
  readonly directories: readonly string[]
  /** The value of --repos. */
  readonly repos: string | null
}

let led: Led = { directories: [], repos: null }

/** Notes by what a command line is led, before it changes the directory: its steps are pasted where it was typed. */
export function noteLeading(directories: readonly string[], argv: readonly string[]): void {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  const at = words.findLastIndex((word) => /^--repos(?:=|$)/.test(word))
  const value = words[at]?.includes('=') ? words[at].replace('--repos=', '') : words[at + 1]
  led = { directories, repos: at < 0 ? null : (value ?? null) }
}

/** Whether a command knows --repos. Read where something went wrong only. */
function takesRepos([first = '', second = '']: readonly string[]): boolean {
  const text = readFileSync(join(packageRoot(), 'oclif.manifest.json'), 'utf8')
  const { commands } = JSON.parse(text) as { commands: Record<string, { flags: object }> }
  const ids = [`${first}:${second}`, first, commandOf.get(`${first}:${second}`), commandOf.get(first)]
  const command = ids.flatMap((id) => (id === undefined ? [] : (commands[id] ?? [])))[0]
  return command !== undefined && 'repos' in command.flags
}

/** A step as it has to be typed where the command was, to be about the same place and the same list of repositories. */
export function pasted(step: string): string {
  const { directories, repos } = led
  const [, program, there = '', rest = ''] = /^(mhv|git)((?: -C (?:'[^']*'|\S+))*) (.+)$/s.exec(step) ?? []
  if (!program || /^(?:help|explain)\b|\s--help\b/.test(rest)) return step
  const from = there === '' ? directories.map((directory) => ` -C ${shellWord(directory)}`).join('') : there
  const isGiven = repos === null || /\s--repos\b/.test(rest)
  if (program === 'git' || isGiven || !takesRepos(rest.split(' '))) return `${program}${from} ${rest}`
  return `${program}${from} ${rest} --repos ${shellWord(there === '' ? repos : resolve(repos))}`
}
