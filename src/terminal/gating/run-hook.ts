import { MhvError } from '../../errors.ts'
import { LOCAL_VARIABLES } from '../../git/environment.ts'
import { findRepository, type Repository } from '../../git/repository.ts'
import { renderError } from '../failing/render-error.ts'

/** What tells the shim to stop git; anything else but 0 tells it that we are broken, and git goes on. */
export const BLOCK = 3

export interface HookCall {
  readonly repository: Repository
  /** What git gave the hook. */
  readonly args: readonly string[]
  /** All of standard input. */
  readonly input: () => Promise<string>
}

/** What a file in hooks/ exports. @returns whether git may go on */
export type Hook = (call: HookCall) => Promise<boolean>

/** Refusals that are about the user's work or configuration, not about us. */
const BLOCKING = new Set(['CONFIG_INVALID', 'NOT_TRUSTED', 'GATE_FAILED', 'GATE_NOT_STARTED', 'SETUP_FAILED'])

/**
 * What the user told git for this command with `git -c` counts in their own repository, and the index is the one that
 * git makes the commit from. Neither is handed on to gates.
 */
const NEEDED = /^GIT_(?:CONFIG|INDEX_FILE)/

/**
 * What `git commit` says about the commit that it makes, and how it runs itself. A commit that a gate makes elsewhere is
 * another one.
 */
const OF_THIS_COMMIT = [
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_EDITOR',
  'GIT_EXEC_PATH',
  'GIT_REFLOG_ACTION',
]

/**
 * Forgets what git set for the hook alone, once all that needs it has been read. What the user exported by those names
 * goes too: git writes over it before it calls pre-commit.
 */
export function forgetCommit(): void {
  for (const name of OF_THIS_COMMIT) delete process.env[name]
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Finds the repository that git means, and then forgets git's variables: no child may inherit them. Where the working
 * directory leads to the same repository by itself, that is how it is found from then on.
 */
async function repositoryOfHook(): Promise<Repository> {
  const meant = await findRepository(process.cwd())
  for (const name of LOCAL_VARIABLES) {
    if (!NEEDED.test(name)) delete process.env[name]
  }
  try {
    const found = await findRepository(process.cwd())
    return found.gitDir === meant.gitDir && found.commonDir === meant.commonDir ? found : meant
  } catch {
    return meant
  }
}

/** Runs a git hook of ours. @returns the exit status for the shim */
export async function runHook(
  load: () => Promise<{ default: Hook }>,
  args: readonly string[],
): Promise<number> {
  try {
    const repository = await repositoryOfHook()
    const { default: hook } = await load()
    const goesOn = await hook({ repository, args, input: readAll })
    return goesOn ? 0 : BLOCK
  } catch (error) {
    await renderError(error, false, null)
    return error instanceof MhvError && BLOCKING.has(error.error) ? BLOCK : 1
  }
}
