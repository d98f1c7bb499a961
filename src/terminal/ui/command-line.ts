import { nearestWord } from '../../query/nearest-word.ts'
import type { Step, UiState } from './state.ts'
import { said, show } from './task-actions.ts'

/** What a command line is made of. */
const WORD = /'((?:[^']|'\\'')*)'|"((?:[^"\\]|\\.)*)"|((?:[^\s'"\\]|\\.)+)|(\s+)/gy

/** The words of a command line as a shell would take them apart; null where a quote is open. */
export function wordsIn(line: string): string[] | null {
  const words: string[] = []
  let isInWord = false
  let end = 0
  for (const match of line.matchAll(WORD)) {
    const [whole, single, double, bare] = match
    end = match.index + whole.length
    const text = single?.replaceAll("'\\''", "'") ?? (double ?? bare)?.replace(/\\(.)/gs, '$1')
    if (text === undefined) isInWord = false
    else if (isInWord) words.push(words.pop() + text)
    else {
      words.push(text)
      isInWord = true
    }
  }
  return end === line.length ? words : null
}

/** The commands that what is written may become, at most so many. */
export function completionsOf({ commands }: UiState, text: string, most = 6): string[] {
  const asked = text
    .trimStart()
    .replace(/^mhv\s+/, '')
    .replace(/\s+/g, ' ')
  const begun = commands.filter((command) => command.startsWith(asked))
  const within = commands.filter((command) => !command.startsWith(asked) && command.includes(asked))
  return asked === '' ? commands.slice(0, most) : [...begun, ...within].slice(0, most)
}

/** The command that a line begins with; null where it begins with none. */
const commandIn = (commands: readonly string[], words: readonly string[]): string | null =>
  [words.slice(0, 2).join(' '), words[0] ?? ''].find((name) => commands.includes(name)) ?? null

/** Commands that need the terminal for themselves. */
const OWN_TERMINAL = /^(?:ui|tour)$|--editor\b|--watch\b/

/** Runs a line as it would be typed after the prompt of a shell, with or without `mhv` in front. */
export function runLine(ui: UiState, line: string): Step {
  const words = wordsIn(line)
  if (words === null) return said(ui, 'A quote is open: that is no command yet.', 'danger')
  const argv = words[0] === 'mhv' ? words.slice(1) : words
  if (argv.length === 0) return { state: ui, effects: [] }
  const state = { ...ui, history: [...ui.history.filter((past) => past !== line), line] }
  const isOther = words[0] !== 'mhv' && /^(?:git|cat|cd|\$\{EDITOR)/.test(line)
  if (isOther) return { state, effects: [{ kind: 'terminal', command: line }] }
  const command = commandIn(ui.commands, argv)
  if (command === null) {
    const asked = argv.slice(0, 2).join(' ')
    const meant = nearestWord(asked, ui.commands) ?? nearestWord(argv[0]!, ui.commands)
    const hint = meant ? ` Did you mean “${meant}”?` : ''
    return said(state, `There is no command “${asked}”.${hint}`, 'danger')
  }
  if (command === 'ui') return said(state, 'You are in it.')
  if (OWN_TERMINAL.test(argv.join(' '))) return { state, effects: [{ kind: 'terminal', command: argv }] }
  return show(state, argv)
}
