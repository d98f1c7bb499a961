import type { Entry } from './entry.ts'
import type { ManifestArgument } from './manifest.ts'
import { pickEntry } from './pick-entry.ts'
import { type TaskAsked, taskChoices } from './task-choices.ts'

const KEYS = 'Enter takes it; several are written 3,7-9   Esc goes back'

/**
 * Asks which task is meant, by its number or some letters of its title.
 * @param line the command as far as it is known
 * @returns what commands call it; null for Esc
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export const askTask = (
  wanted: ManifestArgument,
  tasks: readonly Entry[],
  asked: TaskAsked,
  line: string,
): Promise<string | null> =>
  pickEntry<string>({
    message: `${line} › ${wanted.name}:`,
    keys: KEYS,
    notes: [],
    list: taskChoices(tasks, asked),
  })
