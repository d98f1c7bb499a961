import { MhvError } from '../errors.ts'
import { visible } from '../printable.ts'

interface OclifError extends Error {
  oclif?: { exit?: number | false }
}

/** oclif's parser speaks of wrong flags and arguments in its own errors; to the user they are all wrong usage. */
function asMhvError(error: unknown, command: string | null): MhvError | null {
  const help = command ? [`mhv ${command.replaceAll(':', ' ')} --help`] : ['mhv help']
  if (error instanceof MhvError) {
    const isGeneral = error.recovery.length === 1 && error.recovery[0] === 'mhv help'
    return isGeneral ? new MhvError(error.error, error.message, { recovery: help, data: error.data }) : error
  }
  if (error instanceof Error && (error as OclifError).oclif !== undefined) {
    const message = error.message
      .replace(/\nSee more help with --help$/, '')
      .replace(/^The following errors? occurred:\n\s*/, '')
      .replace(/\s*\n\s*/g, '; ')
      .trim()
    return new MhvError('USAGE', message.endsWith('.') ? message : `${message}.`, {
      cause: error,
      recovery: help,
    })
  }
  return null
}

/**
 * Says what went wrong: on standard error for people, as one document on standard output for `--json`.
 * @param command the oclif id of the command that ran, whose help is then pointed to
 * @returns the exit code
 */
export function renderError(error: unknown, json: boolean, command: string | null): number {
  const known = asMhvError(error, command)
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
  const { code, error: name, message, recovery, data } = known
  if (json) {
    process.stdout.write(`${JSON.stringify({ schema: 1, error: { code, name, message, recovery, data } })}\n`)
  } else {
    const steps = recovery.map((step) => `    ${step}\n`).join('')
    process.stderr.write(visible(`Error ${code} ${name}: ${message}\n${steps ? `  Try:\n${steps}` : ''}`))
  }
  return known.exit
}
