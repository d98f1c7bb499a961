import { hasConfig } from '../config/has-config.ts'
import { type ConfigSource, isProgram } from '../config/read-source.ts'
import { stepsFor } from '../config/unreadable.ts'
import { MhvError } from '../errors.ts'

/** Values as they may be written, for whoever has written one that cannot be. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'worktrees.base': 'HEAD',
  'worktrees.branch': 'task/{number}-{slug}',
  'worktrees.path': '../{repo}.worktrees/{number}-{slug}',
}

/** The file whose word counts for a key of worktrees. */
async function sourceOf(top: string | null, key: string): Promise<ConfigSource | null> {
  if (!hasConfig(top)) return null
  const { sources } = await (await import('../config/load-config.ts')).loadConfig(top)
  const name = key.replace(/^worktrees\./, '')
  return (
    sources.findLast(
      ({ content }) => (content as { worktrees?: Record<string, unknown> }).worktrees?.[name] !== undefined,
    ) ?? null
  )
}

/**
 * Plans by what is configured for worktrees. A plan knows templates, and not whose they are: where one cannot be filled in,
 * the file is named in which it stands, with what could stand there.
 * @param top the worktree by whose configuration it goes
 * Errors: CONFIG_INVALID, and those of the plan.
 */
export async function planAsConfigured<T>(top: string | null, plan: () => T): Promise<T> {
  try {
    return plan()
  } catch (error) {
    const { field } = error instanceof MhvError && error.error === 'CONFIG_INVALID' ? error.data : {}
    const example = EXAMPLES[String(field)]
    const source = example === undefined ? null : await sourceOf(top, String(field))
    if (!(error instanceof MhvError) || !source) throw error
    const { path, origin } = source
    const unset = `mhv config unset ${field}${origin === 'user' ? ' --user' : ''}`
    throw new MhvError('CONFIG_INVALID', `${path}: ${error.message} Example: ${field}: ${example}`, {
      recovery: [...(isProgram(path) ? [] : [unset]), ...stepsFor(path)],
      data: { ...error.data, path, example },
      cause: error,
    })
  }
}
