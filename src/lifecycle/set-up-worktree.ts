import { join } from 'node:path'
import { config } from '../../schemas/config.ts'
import { hasConfig } from '../config/has-config.ts'
import type { LoadedConfig } from '../config/load-config.ts'
import { isTrusted, recordTrust } from '../config/trust.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { visible } from '../printable.ts'
import { storeDirectory } from '../store/git-store.ts'
import { takeWriteLock } from '../store/write-lock.ts'
import { allocatePort } from '../worktrees/allocate-port.ts'
import { recordMadeFor } from '../worktrees/made-for.ts'
import { checkOutSubmodules, type Preparation, type Prepared, prepareWorktree } from '../worktrees/prepare.ts'
import { removeIfEmpty } from '../worktrees/remove-if-empty.ts'
import { ownGitDirectory, portsTaken, readMarker, writeMarker } from '../worktrees/setup-marker.ts'
import type { WorktreeSettings } from '../worktrees/start-request.ts'

export interface SetUpOptions {
  /** Whether set-up commands are wished for. */
  readonly setup: boolean
  /** Whether the user agrees to the set-up commands beforehand. */
  readonly trust: boolean
  /** Whether submodules are checked out; as configured unless given. */
  readonly submodules?: boolean
  /** Asks the user whether the commands may run; null where nobody can be asked. */
  readonly ask: ((commands: readonly string[], file: string) => Promise<boolean>) | null
  readonly onCommand: (command: string) => void
  readonly onOutput: (piece: Buffer) => void
}

export interface WorktreeToSetUp {
  readonly path: string
  readonly branch: string
  /** The task that it is for, if any. */
  readonly task: { readonly id: string; readonly number: number } | null
  /** Command that goes on with what was interrupted. */
  readonly again: string
}

export interface SetUp extends Prepared {
  /** Null where the range has no more, and for the main worktree. */
  readonly port: number | null
  /** Whether it is to have a port, and other worktrees have all that are configured. */
  readonly lacksPort: boolean
}

/** What is configured for worktrees in a directory. Errors: CONFIG_INVALID. */
export async function worktreeSettings(top: string | null): Promise<WorktreeSettings> {
  return (await configured(top)).config.worktrees
}

/** Without any file, what reads configuration is not loaded: it takes as long as a start does. */
async function configured(top: string | null): Promise<LoadedConfig> {
  if (!hasConfig(top)) return { config: config.parse({}), sources: [], leftOut: null }
  return (await import('../config/load-config.ts')).loadConfig(top)
}

/** Milliseconds for which others who are giving a worktree its port are waited for. */
const PATIENCE = 20_000

/** The worktree's port, given to it once. Errors: CONTENTION. */
async function portOf(
  repository: Repository,
  gitDir: string,
  name: string,
  { ports }: WorktreeSettings,
): Promise<number | null> {
  const known = readMarker(gitDir).port
  if (known !== null) return known
  const directory = join(storeDirectory(repository), 'ports')
  // One at a time: two that saw the same ports taken would take the same one.
  const lock = await takeWriteLock(directory, PATIENCE, () => {})
  try {
    const port = allocatePort(name, ports, portsTaken(repository, gitDir))
    if (port !== null) writeMarker(gitDir, { ...readMarker(gitDir), port })
    return port
  } finally {
    lock.release()
    removeIfEmpty(directory)
  }
}

/** The file that says which set-up commands run, and whether it is the user's own. */
function originOf({ sources }: LoadedConfig) {
  const says = ({ content }: (typeof sources)[number]) =>
    (content as { worktrees?: { setup?: unknown } }).worktrees?.setup !== undefined
  return [...sources].reverse().find(says)
}

/** Whether set-up commands may run unasked: those of a repository, whoever wrote them, only as the user has agreed. */
function isAgreed(repository: Repository, loaded: LoadedConfig): boolean {
  const { setup } = loaded.config.worktrees
  return setup.length === 0 || originOf(loaded)?.origin === 'user' || isTrusted(repository, setup)
}

/** Whether set-up commands may run, the user being asked where that can be. Errors: STATE_UNWRITABLE. */
async function mayRun(repository: Repository, loaded: LoadedConfig, options: SetUpOptions): Promise<boolean> {
  if (isAgreed(repository, loaded)) return true
  const { setup } = loaded.config.worktrees
  if (!options.trust && !(await options.ask?.(setup, originOf(loaded)!.path))) return false
  recordTrust(repository, setup)
  return true
}

/**
 * Gives a linked worktree its port and makes it ready as the configuration that is checked out in it says: the commands
 * of another branch may be others. Done once; called again it goes on where it was interrupted.
 * Errors: SETUP_FAILED, NOT_TRUSTED after everything but the set-up commands is done, CONFIG_INVALID, CONTENTION.
 */
export async function setUpWorktree(
  repository: Repository,
  worktree: WorktreeToSetUp,
  options: SetUpOptions,
): Promise<SetUp> {
  const { path, task, branch, again } = worktree
  const gitDir = ownGitDirectory(path)
  if (gitDir === null)
    return { port: null, lacksPort: false, copied: null, submodules: [], ran: [], skipped: [] }
  if (task) recordMadeFor(gitDir, task.id)
  const { filled, finished, port: known } = readMarker(gitDir)
  // Asked for after all: what else is done once need not be done again.
  const late = filled && options.submodules ? await checkOutSubmodules(path, again) : []
  if (finished && known !== null)
    return { port: known, lacksPort: false, copied: null, submodules: late, ran: [], skipped: [] }
  const loaded = await configured(path)
  const settings = loaded.config.worktrees
  const port = await portOf(repository, gitDir, task?.id ?? branch, settings)
  faultPoint('port-given')
  const may = finished || !options.setup || (await mayRun(repository, loaded, options))
  const { onCommand, onOutput } = options
  const prepared = await prepareWorktree(repository, path, {
    settings: { ...settings, submodules: options.submodules ?? settings.submodules },
    maySetUp: options.setup && may,
    variables: {
      MHV_BRANCH: branch,
      MHV_WORKTREE: path,
      MHV_MAIN_WORKTREE: repository.mainDirectory,
      ...(task && { MHV_TASK: task.id, MHV_NUMBER: String(task.number) }),
      ...(port === null ? {} : { MHV_PORT: String(port) }),
    },
    ...{ again, onCommand, onOutput },
  })
  if (!may && prepared.skipped.length > 0) throw notTrusted(worktree, prepared.skipped, port)
  return { port, lacksPort: port === null, ...prepared, submodules: [...late, ...prepared.submodules] }
}

/**
 * Makes a temporary worktree ready as the configuration that is checked out in it says. Nobody is asked: set-up commands
 * that the user has not agreed to are left out, and handed back.
 * Errors: SETUP_FAILED, CONFIG_INVALID, GIT_FAILED.
 */
export async function setUpTemporary(
  repository: Repository,
  path: string,
  options: Pick<Preparation, 'again' | 'onCommand' | 'onOutput' | 'signal'>,
): Promise<Prepared> {
  const loaded = await configured(path)
  return prepareWorktree(repository, path, {
    ...options,
    settings: loaded.config.worktrees,
    maySetUp: isAgreed(repository, loaded),
    variables: { MHV_WORKTREE: path, MHV_MAIN_WORKTREE: repository.mainDirectory },
  })
}

function notTrusted(
  { path, again }: WorktreeToSetUp,
  commands: readonly string[],
  port: number | null,
): MhvError {
  const listed = commands.map((command) => `\n  ${visible(command)}`).join('')
  const message = `The worktree is at ${path}. Its set-up commands were not run, since you have not agreed to them:${listed}`
  return new MhvError('NOT_TRUSTED', message, {
    recovery: [`${again} --trust`, `${again} --no-setup`],
    data: { worktree: path, commands, port },
  })
}
