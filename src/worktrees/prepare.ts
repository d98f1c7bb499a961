import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { type GitResult, runGit } from '../git/run.ts'
import { type CommandOutcome, runCommand } from '../process/run-command.ts'
import { type Copied, copyFiles } from './copy-files.ts'
import { includedFiles } from './included-files.ts'
import { ownGitDirectory, readMarker, type SetupMarker, writeMarker } from './setup-marker.ts'
import type { WorktreeSettings } from './start-request.ts'

export interface Preparation {
  readonly settings: Pick<WorktreeSettings, 'include' | 'submodules' | 'setup'>
  /** Whether the set-up commands may run: wished for, and agreed to by the user. */
  readonly maySetUp: boolean
  /** Variables that tell set-up commands where they are. */
  readonly variables: Readonly<Record<string, string>>
  /** Command that goes on with a preparation that failed. */
  readonly again: string
  /** Is told each command before it runs, and what it prints. */
  readonly onCommand?: (command: string) => void
  readonly onOutput?: (piece: Buffer) => void
  readonly signal?: AbortSignal
}

export interface Prepared {
  /** What was copied of the files that git ignores; null where none are listed, or they had been copied before. */
  readonly copied: Copied | null
  /** Paths of submodules that were checked out now. */
  readonly submodules: readonly string[]
  /** Set-up commands that ran now. */
  readonly ran: readonly string[]
  /** Set-up commands that are still to be run, since they may not. */
  readonly skipped: readonly string[]
}

/**
 * Makes a worktree that git has made ready for work: submodules, the ignored files that the repository lists, set-up
 * commands. What is done is recorded beside the worktree's own index, so that this goes on where it was interrupted.
 * @param path top of a linked worktree
 * Errors: SETUP_FAILED, GIT_FAILED.
 */
export async function prepareWorktree(
  repository: Repository,
  path: string,
  preparation: Preparation,
): Promise<Prepared> {
  const gitDir = ownGitDirectory(path)
  if (gitDir === null) return { copied: null, submodules: [], ran: [], skipped: [] }
  let marker = readMarker(gitDir)
  const record = (change: Partial<SetupMarker>) => {
    marker = { ...marker, ...change }
    writeMarker(gitDir, marker)
  }
  if (marker.finished) return { copied: null, submodules: [], ran: [], skipped: [] }
  const { settings, maySetUp } = preparation
  let copied: Copied | null = null
  let submodules: readonly string[] = []
  if (!marker.filled) {
    if (settings.submodules) submodules = await checkOutSubmodules(path, preparation.again)
    copied = await copyIncluded(repository, path, preparation)
    faultPoint('files-copied')
    record({ filled: true })
  }
  const commands = stillToRun(settings.setup, marker.done)
  if (!maySetUp && commands.length > 0) return { copied, submodules, ran: [], skipped: commands }
  for (const command of commands) {
    await runSetup(path, command, preparation)
    faultPoint('set-up-ran')
    record({ done: [...marker.done, command] })
  }
  record({ finished: true })
  return { copied, submodules, ran: commands, skipped: [] }
}

/** Commands after those that have run: from the first on that is another one now. */
function stillToRun(commands: readonly string[], done: readonly string[]): readonly string[] {
  const changed = commands.findIndex((command, i) => command !== done[i])
  return changed < 0 ? [] : commands.slice(changed)
}

/**
 * Checks out the submodules of a worktree that are not there yet; what somebody did with the others is left alone.
 * @returns their paths. Errors: SETUP_FAILED.
 */
export async function checkOutSubmodules(path: string, again: string): Promise<readonly string[]> {
  if (!existsSync(join(path, '.gitmodules'))) return []
  const ask = async (...args: string[]): Promise<string> => {
    const result = await runGit(['submodule', ...args], { cwd: path })
    if (result.status !== 0) throw submodulesFailed(path, result, again)
    return result.stdout.toString('utf8')
  }
  const missing = async () =>
    (await ask('status')).split('\n').flatMap((line) => /^-\S+ (.*)$/.exec(line)?.[1] ?? [])
  const before = await missing()
  if (before.length === 0) return []
  await ask('--quiet', 'update', '--init', '--', ...before)
  const after = new Set(await missing())
  return before.filter((each) => !after.has(each))
}

function submodulesFailed(path: string, result: GitResult, again: string): MhvError {
  const said = result.stderr.trim() || `status ${result.status}`
  return new MhvError('SETUP_FAILED', `The worktree is at ${path}, but not its submodules: ${said}`, {
    recovery: [`git -C ${shellWord(path)} submodule update --init`, again],
    data: { worktree: path, command: 'git submodule update --init', exit_code: result.status },
  })
}

/**
 * Top of the worktree whose ignored files others get: the main one, or where there is none, the one in which the command
 * runs. Null also where that is the worktree itself, or lists nothing.
 */
async function sourceFor(
  { mainDirectory, workTree }: Repository,
  path: string,
  include: string,
): Promise<string | null> {
  const lists = (top: string | null) => top !== null && existsSync(join(top, include))
  if (!lists(mainDirectory) && !lists(workTree)) return null
  const asked = await runGit(['rev-parse', '--is-inside-work-tree'], { cwd: mainDirectory })
  const hasFiles = asked.stdout.toString('utf8').trim() === 'true'
  const source = hasFiles ? mainDirectory : workTree
  return source !== null && lists(source) && realpathSync(source) !== realpathSync(path) ? source : null
}

/** Errors: SETUP_FAILED where the file system takes no more, GIT_FAILED. */
async function copyIncluded(
  repository: Repository,
  path: string,
  { settings, again }: Preparation,
): Promise<Copied | null> {
  const source = await sourceFor(repository, path, settings.include)
  const listed = source && (await includedFiles(source, settings.include))
  if (!source || !listed) return null
  try {
    return await copyFiles(source, path, listed)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === undefined) throw cause
    throw new MhvError(
      'SETUP_FAILED',
      `The worktree is at ${path}, but ignored files cannot be copied: ${message}`,
      {
        cause,
        recovery: [`df -h ${shellWord(path)}`, again],
        data: { worktree: path, command: null, exit_code: null },
      },
    )
  }
}

function endOf(outcome: CommandOutcome): string | null {
  if (outcome.kind === 'exited') return outcome.code === 0 ? null : `ended with ${outcome.code}`
  if (outcome.kind === 'killed') return `was ended by ${outcome.signal}`
  return outcome.kind === 'not started' ? `could not be started: ${outcome.why}` : 'was interrupted'
}

/** Errors: SETUP_FAILED. */
async function runSetup(path: string, command: string, preparation: Preparation): Promise<void> {
  const { variables, again, onCommand, onOutput, signal } = preparation
  onCommand?.(command)
  const outcome = await runCommand({
    ...{ command, cwd: path, env: variables },
    ...(onOutput && { onOutput }),
    ...(signal && { signal }),
  })
  const failure = endOf(outcome)
  if (failure === null) return
  throw new MhvError(
    'SETUP_FAILED',
    `The worktree is at ${path}, but its set-up command “${command}” ${failure}.`,
    {
      recovery: [again],
      data: { worktree: path, command, exit_code: outcome.kind === 'exited' ? outcome.code : null },
    },
  )
}
