import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { HANDLED, type HandledHook } from './hook-names.ts'
import { hooksPath, isOwn, isThere, ownDirectory, ownPathStep, shimAt, usualDirectory } from './hook-place.ts'
import { readInstallation } from './installation.ts'
import { CANARY } from './shim.ts'

/**
 * What became of a hook that git was asked to run: ours answered; ours did, but does not find the program any more;
 * nothing answered; or git runs a hook of somebody else's in its place, which was not started for a question.
 */
export type HookState = 'alive' | 'lost' | 'silent' | 'foreign'

export interface WorktreeHooks {
  readonly path: string
  /** The directory in which git looks for hooks here. */
  readonly directory: string
  /** The worst of its hooks. */
  readonly state: HookState
  readonly hooks: Readonly<Record<HandledHook, HookState>>
}

export interface HooksStatus {
  /** Whether `mhv hooks install` was run and not taken back. */
  readonly installed: boolean
  /** Whether every hook is alive in every worktree. */
  readonly alive: boolean
  /** Where ours are meant to be. */
  readonly directory: string | null
  readonly former: string | null
  readonly worktrees: readonly WorktreeHooks[]
  /** Commands after which every hook is alive; none where they are. */
  readonly recovery: readonly string[]
}

const WORST: readonly HookState[] = ['foreign', 'silent', 'lost', 'alive']

/** Whether git works in a directory: its .git file still leads somewhere, which it does not where the repository has moved. */
function leadsSomewhere(path: string): boolean {
  try {
    const named = /^gitdir: (.*)$/m.exec(readFileSync(join(path, '.git'), 'utf8'))?.[1]
    return named !== undefined && existsSync(resolve(path, named))
  } catch {
    return false
  }
}

/** Directories of the worktrees in which git works, the main one or the bare repository first. */
function worktreesThere(repository: Repository): string[] {
  const linked = gitDirectories(repository).flatMap((gitDir) => {
    if (gitDir === repository.commonDir) return []
    try {
      return [dirname(resolve(gitDir, readFileSync(join(gitDir, 'gitdir'), 'utf8').trim()))]
    } catch {
      return []
    }
  })
  return [repository.mainDirectory, ...linked.filter(leadsSomewhere)]
}

/**
 * Lets git run a hook in a worktree, in the way in which it runs it for a commit or a push. Ours answers before it does
 * anything else; another's is recognised by its file, and not run.
 */
async function ask(worktree: string, hook: HandledHook, path: string): Promise<HookState> {
  if (shimAt(path) === null) return isThere(path) ? 'foreign' : 'silent'
  const token = randomUUID()
  const result = await runGit(['hook', 'run', '--ignore-missing', hook], {
    cwd: worktree,
    variables: { [CANARY]: token },
  })
  const answer = result.stderr.split('\n').find((line) => line.startsWith(`${token} ${hook} `))
  if (!answer || result.status !== 0) return 'silent'
  return answer.endsWith(' alive') ? 'alive' : 'lost'
}

async function lookAt(worktree: string): Promise<WorktreeHooks> {
  const directory = resolve(worktree, await git(['rev-parse', '--git-path', 'hooks'], { cwd: worktree }))
  const states = await Promise.all(HANDLED.map((hook) => ask(worktree, hook, join(directory, hook))))
  const hooks = Object.fromEntries(HANDLED.map((hook, i) => [hook, states[i]!])) as WorktreeHooks['hooks']
  const state = WORST.find((each) => states.includes(each))!
  return { path: worktree, directory, state, hooks }
}

/** What leads git back in worktrees whose hooks are not alive. */
async function stepsFor(dead: readonly WorktreeHooks[]): Promise<string[]> {
  const steps = await Promise.all(dead.map(({ path }) => ownPathStep({ cwd: path })))
  const taken = steps.filter((step) => step !== null)
  return taken.length < dead.length ? [...taken, 'mhv hooks install'] : taken
}

/**
 * Whether our hooks run where they should: asks git to run each, in every worktree. Changes nothing.
 * Errors: GIT_FAILED, GIT_MISSING.
 */
export async function hooksStatus(repository: Repository): Promise<HooksStatus> {
  const record = readInstallation(repository)
  const worktrees: WorktreeHooks[] = []
  for (const path of worktreesThere(repository)) worktrees.push(await lookAt(path))
  const now = await hooksPath(repository)
  const isLed = now !== null && isOwn(repository, now)
  const installed =
    record !== null ||
    isLed ||
    HANDLED.some((hook) => shimAt(join(usualDirectory(repository), hook)) !== null)
  const place = record?.place ?? (isLed ? 'own' : 'usual')
  const directory = place === 'own' ? ownDirectory(repository) : usualDirectory(repository)
  const dead = worktrees.filter(({ state }) => state !== 'alive')
  return {
    installed,
    alive: dead.length === 0,
    directory: installed ? directory : null,
    former: record?.former ?? null,
    worktrees,
    recovery: await stepsFor(dead),
  }
}
