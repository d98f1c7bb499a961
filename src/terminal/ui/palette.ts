import { askedFor } from '../palette/asked-for.ts'
import { commandEntries, commandNames, wordCounts } from '../palette/command-entries.ts'
import { NOTHING_GIVEN } from '../palette/command-line.ts'
import type { Entry as Choice, Chosen, PaletteTask } from '../palette/entry.ts'
import { listEntries } from '../palette/list-entries.ts'
import { rankEntries } from '../palette/rank-entries.ts'
import { actionEntries, calledTask, runsAtOnce, type TaskAction } from '../palette/task-actions.ts'
import { askCommand } from './ask-command.ts'
import { runWords } from './command-line.ts'
import { filteredBy, movedToTask, opened } from './moves.ts'
import { pick } from './pick.ts'
import { type PaletteData, type Step, step, type UiState } from './state.ts'
import { NO_FILTER } from './task-source.ts'
import { searchOf } from './view-documents.ts'

/** What is found before anything is read: the commands. */
export const paletteBefore = (commands: UiState['commands']): PaletteData => ({
  lists: {
    recent: [],
    commands: commandEntries(commands),
    tasks: [],
    worktrees: [],
    names: commandNames(commands),
    counts: wordCounts(commands),
  },
  notes: ['reading the tasks …'],
  current: null,
  history: [],
})

/** The list with the cursor on a task, without the filter where that hides it. Of another place's task, nothing moves. */
function onTask(ui: UiState, { key, id }: PaletteTask): UiState {
  // Its repository may go by another name in the list of repositories.
  const entry = ui.source.entryOf(key) ?? ui.source.entryOf(id)
  if (!entry) return ui
  const list = opened(ui, 'list').state
  const isThere = ({ found }: UiState) =>
    found.some(({ place, slot }) => place === entry.place && slot === entry.slot)
  const open = isThere(list) ? list : filteredBy(list, NO_FILTER)
  const shown = isThere(open) ? open : filteredBy(open, { ...NO_FILTER, status: 'all' })
  return movedToTask(shown, entry)
}

/** Goes to a task, and asks what to do with it. */
function actOn(ui: UiState, task: PaletteTask): Step {
  const entries = actionEntries(task)
  return pick<TaskAction>(onTask(ui, task), {
    title: `${calledTask(task)} ›`,
    list: (_, typed) => rankEntries([entries], typed, entries.length),
    taken: (state, { chosen }) => {
      const { command, argv, asks } = chosen
      if (runsAtOnce(chosen)) return runWords(state, [...command.split(':'), ...argv])
      return askCommand(state, ui.commands[command]!, { ...NOTHING_GIVEN, args: argv }, asks)
    },
  })
}

/** The worktrees, with the cursor on the one in a directory. */
function onWorktree(ui: UiState, directory: string): Step {
  const { state, effects } = opened(ui, 'worktrees')
  const slot = { ...state.views.worktrees!, state: { at: 0, on: directory } }
  return step({ ...state, views: { ...state.views, worktrees: slot } }, ...effects)
}

function taken(ui: UiState, { kind, chosen }: Choice): Step {
  switch (chosen.does) {
    case 'run': {
      if (kind !== 'search') return runWords(ui, chosen.argv)
      const { state } = opened(ui, 'list')
      return step(state, searchOf(state, chosen.argv.at(-1)!))
    }
    case 'ask':
      return askCommand(ui, ui.commands[chosen.command]!, NOTHING_GIVEN, askedFor(chosen.command))
    case 'act':
      return actOn(ui, chosen.task)
    case 'go':
      return onWorktree(ui, chosen.directory)
  }
}

/** Opens the palette with what is known, and reads the rest. */
export function openPalette(ui: UiState): Step {
  const { state } = pick<Chosen>(ui, {
    title: 'mhv ›',
    list: ({ palette }, typed) => listEntries(palette.lists, typed),
    taken,
    isPalette: true,
  })
  return step(state, { kind: 'palette' })
}
