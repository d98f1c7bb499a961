/** What an error's page says beyond the table: loaded only where somebody reads it. */
export interface ErrorPage {
  /** Why it usually happens, and what to think of first. */
  readonly why: string
  /** What is as it was before the command, and what is not. */
  readonly kept: string
  /**
   * What leads out in most cases, where only the error itself can name the task, the file or the value: with words in
   * capitals for these. Where this is left out, the steps of the table do.
   */
  readonly helps?: readonly string[]
  /** Names of other errors, and commands that tell more. */
  readonly see: readonly string[]
}

export const NOTHING = 'Nothing was changed.'
