import { askTask } from './ask-task.ts'
import { askValue } from './ask-value.ts'
import { askedFor } from './asked-for.ts'
import { argvOf, type Given, missingIn, NOTHING_GIVEN } from './command-line.ts'
import { type CommandStep, commandSteps, isFlag, withValue } from './command-steps.ts'
import { cutLine } from './cut-line.ts'
import type { Entry } from './entry.ts'
import type { ManifestArgument, ManifestCommand, ManifestFlag } from './manifest.ts'
import { pickEntry } from './pick-entry.ts'
import { atBeginning, type ListPlace } from './pick-options.ts'
import { rankEntries } from './rank-entries.ts'
import { wantsTask } from './task-choices.ts'
import { lineOf } from './typed-line.ts'

const KEYS = 'Enter runs it, or asks for what is chosen   Esc goes back'

/** As much of a line stands before a question: room has to be left for the answer. */
const LONGEST_LINE = 40

/** The tasks that may be meant, and the id of the one whose worktree this is, which stands first. */
export interface TasksAround {
  readonly tasks: readonly Entry[]
  readonly current: string | null
}

/** What is given with the answer to one more question; as it was where there is no answer. */
async function extended(
  command: ManifestCommand,
  given: Given,
  wanted: ManifestArgument | ManifestFlag,
  { tasks, current }: TasksAround,
): Promise<Given> {
  const asked = { command: isFlag(wanted) ? null : command.id, first: current }
  const isTask = wantsTask(wanted) && tasks.length > 0
  const line = cutLine(`mhv ${lineOf(argvOf(command, given))}`, LONGEST_LINE)
  const value = isTask ? await askTask(wanted, tasks, asked, line) : await askValue(wanted, line)
  if (value === null) return given
  return withValue(given, wanted, value)
}

/** What is known of a command before anything is asked. */
interface Known {
  /** What it has already. */
  readonly given: Given
  /** Names of what is asked for here though the command can do without. */
  readonly asks: readonly string[]
}

/** What is done next with a command line; null for Esc. Errors: ExitPromptError, by name, for Ctrl-C. */
const pickStep = (
  { id }: ManifestCommand,
  entries: readonly Entry<CommandStep>[],
  place: ListPlace,
): Promise<CommandStep | null> =>
  pickEntry<CommandStep>({
    message: `mhv ${id.replaceAll(':', ' ')} ›`,
    keys: KEYS,
    notes: [],
    list: (typed) => rankEntries([entries], typed, entries.length),
    place,
  })

/**
 * Asks for what a command needs, and offers what else it takes, with the command line in view that comes of it. Esc
 * takes back one answer.
 * @returns the words after `mhv`; null where nothing is to run
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export async function askCommand(
  command: ManifestCommand,
  around: TasksAround,
  known: Known = { given: NOTHING_GIVEN, asks: askedFor(command.id) },
): Promise<string[] | null> {
  let { given } = known
  const before: Given[] = []
  let place = atBeginning()
  for (;;) {
    const missing = missingIn(command, given, known.asks)
    const entries = commandSteps(command, given)
    const step = missing ?? (entries.length === 1 ? 'run' : await pickStep(command, entries, place))
    if (step === 'run') return argvOf(command, given)
    const next = step === null ? given : await extended(command, given, step, around)
    if (next !== given) before.push(given)
    const isLeft = next === given && (step === null || missing !== null)
    const then = isLeft ? before.pop() : next
    if (then === undefined) return null
    // With what was added, the line that runs stands first again.
    if (then !== given) place = atBeginning()
    given = then
  }
}
