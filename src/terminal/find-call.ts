import { LOADERS } from 'mhv:commands'
import { commandOf } from './short-forms.ts'

/** A command with the words that follow its name. */
export interface Call {
  readonly id: string
  readonly argv: string[]
}

/** The command that the first one or two words name, with what follows them. */
export function findCall(argv: readonly string[]): Call | null {
  const [first = '', second = ''] = argv
  for (const [word, length] of [
    [`${first}:${second}`, 2],
    [first.includes(':') ? '' : first, 1],
  ] as const) {
    const id = Object.hasOwn(LOADERS, word) ? word : commandOf.get(word)
    if (id) return { id, argv: argv.slice(length) }
  }
  return null
}
