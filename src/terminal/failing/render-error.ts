import { MhvError } from '../../errors.ts'
import { printable, visible } from '../../printable.ts'
import { isPlain } from '../output/output-mode.ts'
import { asksForDebug, type Debug, debugOf, debugText, withOwnFiles } from './debug.ts'
import { pasted } from './pasted-step.ts'
import { exampleOf, suggestFlag, takesValue } from './suggest.ts'
import { correctedLine, lineBehindDashes, spotOf } from './typed-words.ts'
import { withoutUrlSecrets } from './without-secrets.ts'

/** What oclif's parser throws; its classes differ in what else they carry. */
interface ParseError extends Error {
  readonly oclif?: object
  readonly flags?: readonly string[]
  readonly args?: readonly (string | { readonly name: string })[]
}

/** An alias of the user's own by which a command was called. */
export interface UsedAlias {
  readonly name: string
  /** What it stands for, in a sentence. */
  readonly said: string
}

/** What oclif's own messages are coloured with. */
const COLOURS = /\u001b\[[\d;]*m/g
const NOT_AN_OPTION = /^Expected (?:--([\w-]+)=)?(.*) to be one of: (.*)$/s
const NOT_A_NUMBER =
  /^Parsing (--\S+)\s+Expected an integer(?: (greater|less) than or equal to (\S+))? but received: (.*)/

/** A value that breaks the rule of its flag. */
const wrongValue = (flag: string | undefined, message: string, data: Record<string, unknown>, cause: Error) =>
  new MhvError('INVALID_INPUT', message, { cause, data: { ...(flag ? { field: flag } : {}), ...data } })

/** What no flag looks like: a text that happens to begin with a dash. */
const isNoFlag = (word: string) => word === '-' || /\s/.test(word)

/** What is wrong with a command line. */
async function explain(
  error: ParseError,
  command: string | null,
  argv: readonly string[],
): Promise<MhvError> {
  const [said = ''] = error.message.replace(COLOURS, '').split('\nSee more help')
  const [, numbered, side, bound, given] = NOT_A_NUMBER.exec(said) ?? []
  if (numbered) {
    const range = side ? ` ${side === 'greater' ? 'from' : 'up to'} ${bound}` : ''
    const message = `${numbered} needs a whole number${range}, not “${given}”.`
    return wrongValue(numbered.slice(2), message, { value: given }, error)
  }
  const [, named, word, options] = NOT_AN_OPTION.exec(said) ?? []
  if (word !== undefined && options !== undefined) {
    const { noneOf } = await import('../../query/none-of.ts')
    const legal = options.split(', ')
    const { rule, meant } = noneOf(word, legal)
    const message = `${named ? `--${named} ` : ''}“${printable(word, 100)}” ${rule}`
    return wrongValue(named, message, { value: word, legal, ...(meant ? { meant } : {}) }, error)
  }
  const [flag] = error.flags ?? []
  if (flag !== undefined && isNoFlag(flag)) {
    const message = `“${flag}” begins with a dash, so it is taken for a flag. Put -- in front of it, after all flags.`
    const line = lineBehindDashes(argv, flag)
    return new MhvError('USAGE', line ? `${message} Example: ${line}` : message, { cause: error })
  }
  const meant = command && flag?.startsWith('--') ? await suggestFlag(command, flag) : null
  const data = meant ? { value: flag?.replace(/=.*/s, ''), meant } : {}
  return new MhvError('USAGE', await usageOf(error, command, said), { cause: error, data })
}

/** What of a command line there is not, or too much or too little, in one sentence or two. */
async function usageOf(error: ParseError, command: string | null, said: string): Promise<string> {
  const [flag] = error.flags ?? []
  if (flag !== undefined) {
    const meant = command ? await suggestFlag(command, flag) : null
    return `There is no flag ${flag}${meant ? `; did you mean ${meant}?` : '.'}`
  }
  if (/^Missing \d+ required arg/.test(error.message) && error.args) {
    const names = error.args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.name.toUpperCase()]))
    return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} missing.`
  }
  const lacking = /^Flag (--\S+) expects a value/.exec(error.message)?.[1]
  if (lacking) return `${lacking} needs a value; one that begins with a dash is written ${lacking}=VALUE.`
  const message = said
    .replace(/^The following errors? occurred:\n\s*/, '')
    .replace(/\s*\n\s*/g, '; ')
    .trim()
  const needed = /^All of the following must be provided when using (--\S+): (--.+)$/.exec(message)
  if (needed) return `${needed[1]} counts only with ${needed[2]!.replaceAll(', ', ' and ')}.`
  const apart = [
    ...message.matchAll(/(--[a-z][\w-]*)=.*? cannot also be provided when using (--[a-z][\w-]*)/g),
  ]
  if (apart[0]) return `${apart[0][1]} and ${apart[0][2]} exclude each other.`
  const required = /^Missing required flag (\S+)$/.exec(message)?.[1]
  if (required) return `--${required} is missing.`
  return /[.?]$/.test(message) ? message : `${message}.`
}

/**
 * What is said of wrong input, with an example where none is named: a line of the command's help, one with the field if
 * there is one.
 */
function withExample({ message, data }: MhvError, command: string | null, field = data.field): string {
  // A list of faults, each with its place, has no one example.
  if (
    data.example !== undefined ||
    message.includes('\n') ||
    /\bExample:|\bas in\b|\bsuch as\b|\bdid you mean\b/i.test(message)
  )
    return message
  const line = command && exampleOf(command, typeof field === 'string' ? field : null)
  return line ? `${message} Example: ${line}` : message
}

/** Wrong usage of what an alias stands for, where nobody who typed the alias sees the words that are wrong. */
function byAlias(error: MhvError, { name, said }: UsedAlias): MhvError {
  if (error.exit !== 2) return error
  const { message, recovery, data, cause } = error
  return new MhvError(error.error, `${message} (${said})`, {
    recovery: [...recovery, `mhv config get aliases.${name}`],
    data: { ...data, alias: name },
    cause,
  })
}

/**
 * Wrong input whose right value is known, with what was typed as the step, where only that value is another. What the
 * error's own place knows is a line without the other words.
 */
function asTyped(error: MhvError, argv: readonly string[]): MhvError {
  const { field, value, meant, instead = meant } = error.data
  if (error.exit !== 2 || typeof value !== 'string' || typeof instead !== 'string') return error
  const line = correctedLine(argv, { field, value, instead })
  if (line === null) return error
  const { message, data, cause } = error
  return new MhvError(error.error, message, { recovery: [line], data, cause })
}

/** What is said of a task that a flag names, with the flag. */
function withFlag(error: MhvError, command: string | null, argv: readonly string[]): MhvError {
  const { field, value, task } = error.data
  const word = field === 'task' ? value : error.error === 'TASK_NOT_FOUND' ? task : undefined
  const flag = word === undefined ? null : spotOf(argv, String(word))?.flag
  if (!flag || !command || !takesValue(command, flag) || error.message.includes(flag)) return error
  const { recovery, data, cause } = error
  return new MhvError(error.error, `${flag}: ${error.message}`, { recovery, data, cause })
}

/** oclif's parser speaks of wrong flags and arguments in its own errors; to the user they are all wrong usage. */
async function asMhvError(
  error: unknown,
  command: string | null,
  argv: readonly string[],
): Promise<MhvError | null> {
  const help = command ? [`mhv ${command.replaceAll(':', ' ')} --help`] : ['mhv help']
  if (error instanceof MhvError) {
    const isGeneral = error.recovery.length === 1 && error.recovery[0] === 'mhv help'
    const { recovery, data, cause } = error
    const showsHelpOnly = recovery.every((step) => /^mhv help$| --help$/.test(step))
    if (!isGeneral && !(error.exit === 2 && showsHelpOnly)) return error
    const message = withExample(error, command)
    return new MhvError(error.error, message, { recovery: isGeneral ? help : recovery, data, cause })
  }
  if (error instanceof Error && (error as ParseError).oclif !== undefined) {
    const said = await explain(error as ParseError, command, argv)
    const [field] = /--[a-z][\w-]*/.exec(said.message) ?? []
    const message = withExample(said, command, field)
    return new MhvError(said.error, message, { cause: error, recovery: help, data: said.data })
  }
  return null
}

/** For JSON: texts within, however deep, without the secrets of addresses. */
const told = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? withoutUrlSecrets(value) : value

/**
 * An error as JSON. As the escapes that JSON has for them, what the data holds is safe to show too, and still what was given,
 * but for what lets somebody in at an address.
 * @param debug what --debug adds
 */
export const errorJson = (
  { code, error: name, message, recovery, data }: MhvError,
  debug: Debug | undefined = undefined,
): string =>
  visible(
    JSON.stringify(
      { code, name, message: visible(message), recovery: recovery.map(pasted), data, debug },
      told,
    ),
  )

/**
 * Says what went wrong: on standard error for people, as one document on standard output for `--json`.
 * @param command the oclif id of the command that ran, whose help is then pointed to
 * @param argv the command line, where it is known
 * @param alias by which the command was called, if it was
 * @returns the exit code, and what the error is to the user; null for a bug
 */
export async function renderError(
  error: unknown,
  json: boolean,
  command: string | null,
  argv: readonly string[] = [],
  alias: UsedAlias | null = null,
): Promise<{ readonly exit: number; readonly known: MhvError | null }> {
  const debug = asksForDebug(argv) ? debugOf(error, argv) : undefined
  const said = await asMhvError(error, command, argv)
  const known = said && withFlag(asTyped(said, argv), command, argv)
  const exit = await render(error, known && alias ? byAlias(known, alias) : known, json, debug)
  if (debug && !json) process.stderr.write(debugText(debug))
  return { exit, known }
}

/** Stands for a blank at which no line is broken: a character that means nothing to anybody, as wide as a blank. */
const HELD = '\ue000'

/**
 * What is wrong in lines that fit the terminal. What is to be copied stays on one line: an example, and what stands behind a
 * margin, such as lines of a file.
 */
async function inLines(text: string): Promise<string> {
  const { isTTY, columns } = process.stderr
  if (!isTTY || isPlain()) return text
  const { fitted } = await import('../output/wrapped.ts')
  const held = text.replace(/“mhv [^”]*”/g, (command) => command.replaceAll(' ', HELD))
  const lines = held.replace(/ (?=Example: mhv )/, '\n  ').split('\n')
  const whole = (line: string) => /^\s/.test(line)
  return (
    await Promise.all(lines.map((line) => (whole(line) ? line : fitted(line, () => '', columns || 80))))
  )
    .join('\n')
    .replaceAll(HELD, ' ')
}

/** @param known what the error is to the user; null for one that nobody foresaw */
async function render(
  error: unknown,
  known: MhvError | null,
  json: boolean,
  debug: Debug | undefined,
): Promise<number> {
  if (!known) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (json) {
      const message = error instanceof Error ? error.message : String(error)
      const document = {
        schema: 1,
        error: { code: 'MHV-000', name: 'BUG', message, recovery: ['mhv bug'], debug },
      }
      process.stdout.write(`${JSON.stringify(document, told)}\n`)
    }
    process.stderr.write(
      `This is a bug in mhv; please report it with the command that you ran. What a report needs: mhv bug\n${withoutUrlSecrets(withOwnFiles(text))}\n`,
    )
    return 1
  }
  const { code, error: name, message, recovery } = known
  if (json) process.stdout.write(`{"schema":1,"error":${errorJson(known, debug)}}\n`)
  else {
    const steps = recovery.map((step) => `    ${pasted(step)}\n`).join('')
    const what = await inLines(visible(withoutUrlSecrets(`Error ${code} ${name}: ${message}`)))
    process.stderr.write(`${what}\n${visible(withoutUrlSecrets(steps ? `  Try:\n${steps}` : ''))}`)
  }
  return known.exit
}
