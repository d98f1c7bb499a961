import { MhvError } from '../errors.ts'

interface OclifError extends Error {
  oclif?: { exit?: number | false }
}

/** oclif's parser speaks of wrong flags and arguments in its own errors; to the user they are all wrong usage. */
function asMhvError(error: unknown): MhvError | null {
  if (error instanceof MhvError) return error
  if (error instanceof Error && (error as OclifError).oclif !== undefined) {
    const message = error.message.replace(/\nSee more help with --help$/, '').trim()
    return new MhvError('USAGE', message, { cause: error })
  }
  return null
}

/**
 * Says what went wrong: on standard error for people, as one document on standard output for `--json`.
 * @returns the exit code
 */
export function renderError(error: unknown, json: boolean): number {
  const known = asMhvError(error)
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
    process.stderr.write(`Error ${code} ${name}: ${message}\n${steps ? `  Try:\n${steps}` : ''}`)
  }
  return known.exit
}
