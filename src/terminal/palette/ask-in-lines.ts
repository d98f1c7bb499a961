import { isFlag } from './command-steps.ts'
import type { Entry } from './entry.ts'
import type { Lines } from './lines.ts'
import type { ManifestArgument, ManifestFlag } from './manifest.ts'
import { pickInLines } from './pick-in-lines.ts'
import { rankEntries } from './rank-entries.ts'

const choiceOf = (value: string): Entry<string> => ({
  kind: 'choice',
  text: value,
  aside: '',
  names: [value.toLowerCase()],
  chosen: value,
})

/** Yes or no; null for an empty line and the end of input. */
async function askWhether(question: string, { ask, say }: Lines): Promise<boolean | null> {
  for (;;) {
    const answer = await ask(`${question} (yes or no): `)
    if (answer === null || answer === '') return null
    if (/^(?:y|yes)$/i.test(answer)) return true
    if (/^(?:n|no)$/i.test(answer)) return false
    say(`“${answer}” is neither yes nor no.`)
  }
}

/**
 * Asks for the value of an argument or a flag line by line.
 * @returns null where it is not to be given: for an empty line, and for no to a flag that has no other side
 * Errors: BrokenOff for Ctrl-C.
 */
export async function askInLines(
  wanted: ManifestArgument | ManifestFlag,
  question: string,
  lines: Lines,
): Promise<string | boolean | null> {
  if (isFlag(wanted) && wanted.type === 'boolean') {
    const isYes = await askWhether(question, lines)
    return isYes === false && wanted.allowNo !== true ? null : isYes
  }
  if (!wanted.options) return (await lines.ask(`${question}: `)) || null
  const choices = wanted.options.map(choiceOf)
  return pickInLines<string>(
    {
      message: question,
      keys: '',
      notes: [],
      list: (typed) => rankEntries([choices], typed, choices.length),
    },
    lines,
  )
}
