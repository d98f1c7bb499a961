import { argvOf, type Given, missingIn } from '../palette/command-line.ts'
import { type CommandStep, commandSteps, isFlag, withValue } from '../palette/command-steps.ts'
import type { Entry as Choice } from '../palette/entry.ts'
import type { ManifestArgument, ManifestCommand, ManifestFlag } from '../palette/manifest.ts'
import { rankEntries } from '../palette/rank-entries.ts'
import { type TaskAsked, taskChoices, wantsTask } from '../palette/task-choices.ts'
import { runWords } from './command-line.ts'
import { choose } from './filtering.ts'
import { lineOf } from './line-edit.ts'
import { entryInFocus } from './moves.ts'
import { pick } from './pick.ts'
import { type Step, step, type UiState } from './state.ts'
import { cut } from './text-width.ts'

type Answered = (ui: UiState, value: string | boolean) => Step

/** Columns of a question that its answer stands behind. */
const LONGEST_QUESTION = 46

/** The tasks that may be meant: made once for each reading of them, not at each key. */
function listTasks(asked: TaskAsked) {
  let last: { readonly tasks: readonly Choice[]; readonly list: ReturnType<typeof taskChoices> } | null = null
  return ({ palette }: UiState, typed: string) => {
    const { tasks } = palette.lists
    if (last?.tasks !== tasks) last = { tasks, list: taskChoices(tasks, asked) }
    return last.list(typed)
  }
}

/** The task in focus, else the one whose worktree this is. */
function firstIn(ui: UiState): string | null {
  const entry = entryInFocus(ui)
  return entry ? ui.source.keyOf(entry) : ui.palette.current
}

/** Asks for the value of an argument or a flag, with the widget that such questions have in this view. */
function askValue(
  ui: UiState,
  { id }: ManifestCommand,
  wanted: ManifestArgument | ManifestFlag,
  answered: Answered,
): Step {
  const { name, description = '', options } = wanted
  if (wantsTask(wanted)) {
    return pick(ui, {
      title: `${name}:`,
      list: listTasks({ command: isFlag(wanted) ? null : id, first: firstIn(ui) }),
      taken: (state, { chosen }) => answered(state, chosen),
    })
  }
  if (isFlag(wanted) && wanted.type === 'boolean') {
    if (!wanted.allowNo) return answered(ui, true)
    const each = [true, false].map((value) => ({
      key: value ? 'y' : 'n',
      label: `--${value ? '' : 'no-'}${name}`,
      take: (state: UiState) => answered(state, value),
    }))
    return choose(ui, description, each, false)
  }
  if (options) {
    const each = options.map((value) => ({
      key: null,
      label: value,
      take: (state: UiState) => answered(state, value),
    }))
    return choose(ui, name, each)
  }
  const title = cut(description === '' ? `${name}:` : `${name}: ${description}`, LONGEST_QUESTION)
  return step({ ...ui, overlay: { kind: 'ask', title, line: lineOf(''), answered } })
}

/**
 * Asks for what a command needs, and offers what else it takes, with the command line in view that comes of it; then runs
 * it.
 * @param asks names of what is asked for here though the command can do without
 */
export function askCommand(
  ui: UiState,
  command: ManifestCommand,
  given: Given,
  asks: readonly string[],
): Step {
  const ask = (state: UiState, wanted: ManifestArgument | ManifestFlag) =>
    askValue(state, command, wanted, (next, value) =>
      askCommand(next, command, withValue(given, wanted, value), asks),
    )
  const missing = missingIn(command, given, asks)
  if (missing) return ask(ui, missing)
  const entries = commandSteps(command, given)
  if (entries.length === 1) return runWords(ui, argvOf(command, given))
  return pick<CommandStep>(ui, {
    title: `mhv ${command.id.replaceAll(':', ' ')} ›`,
    list: (_, typed) => rankEntries([entries], typed, entries.length),
    taken: (state, { chosen }) =>
      chosen === 'run' ? runWords(state, argvOf(command, given)) : ask(state, chosen),
  })
}
