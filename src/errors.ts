import { ERRORS, type ExitCode } from './error-table.ts'

export type ErrorName = keyof typeof ERRORS

/** A word of a recovery step, in quotes where a shell would take it for more than a word. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/** A refusal or failure that the program foresaw. Anything else that is thrown is a bug. */
export class MhvError extends Error {
  readonly error: ErrorName
  readonly recovery: readonly string[]
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    error: ErrorName,
    message: string,
    more: { recovery?: readonly string[]; data?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'MhvError'
    this.error = error
    this.recovery = more.recovery ?? ERRORS[error].recovery
    this.data = more.data ?? {}
  }

  get code(): string {
    return ERRORS[this.error].code
  }

  get exit(): ExitCode {
    return ERRORS[this.error].exit
  }
}
