import { MhvError } from '../errors.ts'
import { visible } from '../printable.ts'
import { pasted } from './pasted-step.ts'
import { suggestFlag } from './suggest.ts'

/** What oclif's parser throws; its classes differ in what else they carry. */
interface ParseError extends Error {
  readonly oclif?: object
  readonly flags?: readonly string[]
  readonly args?: readonly (string | { readonly name: string })[]
}

/** What oclif's own messages are coloured with. */
const COLOURS = /\u001b\[[\d;]*m/g
const NOT_A_NUMBER =
  /^Parsing (--\S+)\s+Expected an integer(?: (greater|less) than or equal to (\S+))? but received: (.*)/

/** What is wrong with a command line, in one sentence or two. */
async function explain(error: ParseError, command: string | null): Promise<string> {
  const [flag] = error.flags ?? []
  if (flag !== undefined) {
    if (/^-[^-]?\s|^-$/.test(flag) || /\s/.test(flag)) {
      return `“${flag}” begins with a dash, so it is taken for a flag. Put -- in front of it, after all flags.`
    }
    const meant = command ? await suggestFlag(command, flag) : null
    return `There is no flag ${flag}${meant ? `; did you mean ${meant}?` : '.'}`
  }
  if (/^Missing \d+ required arg/.test(error.message) && error.args) {
    const names = error.args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.name.toUpperCase()]))
    return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} missing.`
  }
  const lacking = /^Flag (--\S+) expects a value/.exec(error.message)?.[1]
  if (lacking) return `${lacking} needs a value; one that begins with a dash is written ${lacking}=VALUE.`
  const [said = ''] = error.message.replace(COLOURS, '').split('\nSee more help')
  const [, numbered, side, bound, given] = NOT_A_NUMBER.exec(said) ?? []
  if (numbered) {
    const range = side ? ` ${side === 'greater' ? 'from' : 'up to'} ${bound}` : ''
    return `${numbered} needs a whole number${range}, not “${given}”.`
  }
  const message = said
    .replace(/^The following errors? occurred:\n\s*/, '')
    .replace(/\s*\n\s*/g, '; ')
    .trim()
  return message.endsWith('.') ? message : `${message}.`
}

/** oclif's parser speaks of wrong flags and arguments in its own errors; to the user they are all wrong usage. */
async function asMhvError(error: unknown, command: string | null): Promise<MhvError | null> {
  const help = command ? [`mhv ${command.replaceAll(':', ' ')} --help`] : ['mhv help']
  if (error instanceof MhvError) {
    const isGeneral = error.recovery.length === 1 && error.recovery[0] === 'mhv help'
    return isGeneral ? new MhvError(error.error, error.message, { recovery: help, data: error.data }) : error
  }
  if (error instanceof Error && (error as ParseError).oclif !== undefined) {
    return new MhvError('USAGE', await explain(error as ParseError, command), {
      cause: error,
      recovery: help,
    })
  }
  return null
}

/** An error as JSON. As the escapes that JSON has for them, what the data holds is safe to show too, and still what was given. */
export const errorJson = ({ code, error: name, message, recovery, data }: MhvError): string =>
  visible(JSON.stringify({ code, name, message: visible(message), recovery: recovery.map(pasted), data }))

/**
 * Says what went wrong: on standard error for people, as one document on standard output for `--json`.
 * @param command the oclif id of the command that ran, whose help is then pointed to
 * @returns the exit code
 */
export async function renderError(error: unknown, json: boolean, command: string | null): Promise<number> {
  const known = await asMhvError(error, command)
  if (!known) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (json) {
      const message = error instanceof Error ? error.message : String(error)
      const document = { schema: 1, error: { code: 'MHV-000', name: 'BUG', message, recovery: [] } }
      process.stdout.write(`${JSON.stringify(document)}\n`)
    }
    process.stderr.write(`This is a bug in mhv; please report it with the command that you ran.\n${text}\n`)
    return 1
  }
  const { code, error: name, message, recovery } = known
  if (json) process.stdout.write(`{"schema":1,"error":${errorJson(known)}}\n`)
  else {
    const steps = recovery.map((step) => `    ${pasted(step)}\n`).join('')
    process.stderr.write(visible(`Error ${code} ${name}: ${message}\n${steps ? `  Try:\n${steps}` : ''}`))
  }
  return known.exit
}
