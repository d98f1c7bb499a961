import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A value and what it means. */
export type Word = readonly [value: string, meaning: string]

/**
 * What a value is, so that it can be completed: `task`, `label`, `file` …; `=a|b` for one of these words, `words:NAME` for
 * one of a list of the table; nothing for text. With a comma behind it, several with commas between.
 */
export type Kind = string

/** A flag: its name, its letter, whether it may be given again, its meaning, and the kind of its value; null for none. */
export type FlagRow = readonly [
  name: string,
  letter: string,
  again: boolean,
  meaning: string,
  kind: Kind | null,
]

export interface CommandRow {
  readonly meaning: string
  /** Places in the table's list of flags: most are shared by many commands. */
  readonly flags: readonly number[]
  readonly args: readonly Kind[]
  /** Whether the last argument may be given again. */
  readonly again: boolean
}

/** All that is known of the commands when the program is built. */
export interface CommandTable {
  /** By their ids: `task:list`. */
  readonly commands: Readonly<Record<string, CommandRow>>
  readonly flags: readonly FlagRow[]
  /** Places of those that every command takes, and the program in front of it. */
  readonly program: readonly number[]
  readonly topics: Readonly<Record<string, string>>
  readonly words: Readonly<Record<string, readonly Word[]>>
}

/** The table that the build has written beside the program. Errors: of the file system. */
export const readCommandTable = (): CommandTable =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'commands.json'), 'utf8')) as CommandTable
