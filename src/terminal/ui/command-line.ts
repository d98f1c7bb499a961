import { nearestWord } from '../../query/nearest-word.ts'
import { commandTyped, lineOf, wordsIn } from '../palette/typed-line.ts'
import { type Step, step, type UiState } from './state.ts'
import { said, show, whenFree } from './task-actions.ts'

/** Commands and flags that need the terminal for themselves. */
const OWN_TERMINAL = ['config:edit', 'tour']
const OWN_TERMINAL_FLAGS = ['--editor', '--watch']

/** Gives the terminal to a command, unless something runs: that would be out of sight, and Ctrl+C would not end it. */
const takeTerminal = (ui: UiState, command: readonly string[] | string): Step =>
  whenFree((free) => step(free, { kind: 'terminal', command }))(ui)

/** Runs a command of this program and keeps the line, so that ↑ in the palette brings it back. */
export function runWords(ui: UiState, argv: readonly string[]): Step {
  const line = lineOf(argv)
  const { palette } = ui
  const id = commandTyped(line, palette.lists.names)?.id
  if (id === 'ui') return said(ui, 'You are in it.')
  const history = [line, ...palette.history.filter((past) => past !== line)]
  const state = { ...ui, palette: { ...palette, history } }
  const isOwn =
    (id !== undefined && OWN_TERMINAL.includes(id)) || argv.some((word) => OWN_TERMINAL_FLAGS.includes(word))
  const next = isOwn ? takeTerminal(state, argv) : show(state, argv)
  return next.effects.length === 0
    ? { ...next, state: { ...next.state, palette } }
    : step(next.state, ...next.effects, { kind: 'keep', line })
}

/** Runs a line as it would be typed after the prompt of a shell, with or without `mhv` in front. */
export function runLine(ui: UiState, line: string): Step {
  const words = wordsIn(line)
  if (words === null) return said(ui, 'A quote is open: that is no command yet.', 'danger')
  const argv = words[0] === 'mhv' ? words.slice(1) : words
  if (argv.length === 0) return step(ui)
  const isOther = words[0] !== 'mhv' && /^(?:git|cat|cd|\$\{EDITOR)/.test(line)
  if (isOther) return takeTerminal(ui, line)
  const { names } = ui.palette.lists
  if (commandTyped(line, names)) return runWords(ui, argv)
  const asked = argv.slice(0, 2).join(' ')
  const typed = [...names.keys()].filter((name) => !name.includes(':'))
  const meant = nearestWord(asked, typed) ?? nearestWord(argv[0]!, typed)
  const hint = meant ? ` Did you mean “${meant}”?` : ''
  return said(ui, `There is no command “${asked}”.${hint}`, 'danger')
}
