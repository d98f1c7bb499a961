import { MhvError } from '../errors.ts'
import { isPlain } from './output-mode.ts'

/** Ways to the same without a screen. */
const INSTEAD = ['mhv task list', 'mhv task ready', 'mhv status']

/** Refuses to open a view where there is no screen to draw on, or none is wanted. Errors: USAGE. */
export function requireScreen(): void {
  const why = isPlain()
    ? 'plain output was asked for'
    : process.env.TERM === 'dumb'
      ? 'this terminal (TERM=dumb) cannot draw one'
      : process.stdin.isTTY && process.stdout.isTTY
        ? null
        : 'there is no terminal'
  if (why === null) return
  throw new MhvError(
    'USAGE',
    `mhv ui needs a screen, and ${why}. The same is told line by line by other commands.`,
    {
      recovery: INSTEAD,
    },
  )
}
