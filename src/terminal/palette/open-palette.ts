import { renderError } from '../failing/render-error.ts'
import { colourOf } from '../output/colour.ts'
import { goTo } from '../worktrees/go-to.ts'
import { askCommand, type TasksAround } from './ask-command.ts'
import type { Chosen, PaletteTask } from './entry.ts'
import { lackingIn } from './lacking-in.ts'
import { listEntries } from './list-entries.ts'
import { type ManifestCommand, readManifest } from './manifest.ts'
import { opensPalette } from './opens-palette.ts'
import { keepLine, noteEnd } from './palette-history.ts'
import { pickEntry } from './pick-entry.ts'
import { atBeginning } from './pick-options.ts'
import { rankEntries } from './rank-entries.ts'
import { type Palette, type PaletteContent, readPalette } from './read-palette.ts'
import { actionEntries, calledTask, runsAtOnce, type TaskAction } from './task-actions.ts'
import { lineOf } from './typed-line.ts'

export { opensPalette }

const KEYS = '> commands  # tasks  @ worktrees   ↑ history   Tab completes   Esc leaves'
const INTRO =
  'Some words find a command, a task or a worktree. > in front asks for commands only, # for tasks, @ for worktrees; ? tells what is at hand. A number chooses a line of the list, #3 the task 3. An empty line goes back, and here it leaves.'
const ACTION_KEYS = 'Enter does it   Esc goes back'

/** What a shell has for a program that Ctrl-C ended: here it comes as a key, and is no signal. */
const INTERRUPTED = 130

type Commands = Readonly<Record<string, ManifestCommand>>

const listed = ({ lists, notes }: PaletteContent) => ({
  notes,
  list: (typed: string) => listEntries(lists, typed),
})

/** What is to be done with a task; null to choose another one. Errors: ExitPromptError. */
async function actOn(task: PaletteTask, commands: Commands, around: TasksAround): Promise<string[] | null> {
  const entries = actionEntries(task)
  const place = atBeginning()
  for (;;) {
    const action = await pickEntry<TaskAction>({
      message: `${calledTask(task)} ›`,
      keys: ACTION_KEYS,
      notes: [],
      list: (typed) => rankEntries([entries], typed, entries.length),
      place,
    })
    if (action === null) return null
    const argv = await argvOfAction(action, commands, around)
    if (argv) return argv
  }
}

/** What an action runs, once it has what it needs. */
async function argvOfAction(
  action: TaskAction,
  commands: Commands,
  around: TasksAround,
): Promise<string[] | null> {
  const { command, argv, asks } = action
  if (runsAtOnce(action)) return [...command.split(':'), ...argv]
  return askCommand(commands[command]!, around, { given: { args: argv, flags: [] }, asks })
}

/** A command line that was chosen, or a directory to go to. */
type Decision = Extract<Chosen, { does: 'run' | 'go' }>

/** The words of a whole line; null to go back where something was asked for and not given. Errors: ExitPromptError. */
async function argvOfLine(
  argv: readonly string[],
  commands: Commands,
  around: TasksAround,
): Promise<readonly string[] | null> {
  const lacking = lackingIn(argv, commands, around.current !== null)
  return lacking ? askCommand(lacking.command, around, lacking) : argv
}

/** Asks until it is clear what to do; null for nothing. Errors: ExitPromptError. */
async function decide(palette: Palette, commands: Commands): Promise<Decision | null> {
  let content: PaletteContent = palette
  let read: Promise<PaletteContent> | null = null
  const all = async () => {
    read ??= palette.all()
    content = await read
    return listed(content)
  }
  const place = atBeginning()
  for (;;) {
    const chosen = await pickEntry<Chosen>({
      ...listed(content),
      message: 'mhv ›',
      keys: KEYS,
      intro: INTRO,
      all,
      history: palette.history,
      place,
    })
    if (chosen === null || chosen.does === 'go') return chosen
    if (chosen.does === 'run' && !lackingIn(chosen.argv, commands, false)) return chosen
    await all()
    const around = { tasks: content.lists.tasks, current: content.current }
    const argv =
      chosen.does === 'run'
        ? await argvOfLine(chosen.argv, commands, around)
        : chosen.does === 'ask'
          ? await askCommand(commands[chosen.command]!, around)
          : await actOn(chosen.task, commands, around)
    if (argv) return { does: 'run', argv }
  }
}

/** Lets the shell go to a directory, or says how. */
function leaveFor(directory: string): void {
  goTo(directory)
  process.stdout.write(process.env.MHV_CD_FILE ? `${directory}\n` : `cd ${lineOf([directory])}\n`)
}

/**
 * Lets somebody find a command, a task or a worktree by some of its letters, and does what was chosen; says what ran, so
 * that it can be typed the next time. Never throws.
 * @param run runs a command line, as the words after `mhv`, and sets the exit code
 */
export async function openPalette(run: (argv: readonly string[]) => Promise<void>): Promise<void> {
  try {
    const commands = readManifest()
    const palette = await readPalette(commands)
    const decision = await decide(palette, commands)
    if (decision?.does === 'go') leaveFor(decision.directory)
    if (decision?.does !== 'run') return
    const line = lineOf(decision.argv)
    const kept = { line, where: palette.repository?.mainDirectory ?? '' }
    keepLine(kept)
    const shown = `$ mhv ${line}`
    process.stderr.write(`${colourOf(process.stderr)?.gray(shown) ?? shown}\n`)
    await run(decision.argv)
    noteEnd(kept, Number(process.exitCode ?? 0))
  } catch (error) {
    // Ctrl-C, or the end of the terminal.
    if (error instanceof Error && error.name === 'ExitPromptError') process.exitCode = INTERRUPTED
    else process.exitCode = (await renderError(error, false, null)).exit
  }
}
