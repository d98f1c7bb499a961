import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Status } from '../../../schemas/vocabulary.ts'
import { MhvError, shellWord } from '../../errors.ts'
import { findRepository } from '../../git/repository.ts'
import { git } from '../../git/run.ts'
import { openGitStore, TASKS_REF } from '../../store/git-store.ts'
import { noTemporaryPlace } from '../../temporary-directory.ts'
import { listWorktrees } from '../../worktrees/read-facts.ts'
import { inForeground } from '../asking/foreground.ts'
import type { Sandbox } from './sandbox.ts'

/** A garden that keeps tasks, with one gate. */
const BEGINNING = `
git init -q . && printf 'tomatoes: dry\\n' > garden.txt
printf 'gates: [{name: no-plant-is-dry, command: "! grep -q dry garden.txt", when: [done]}]\\n' > .mhvrc.yaml
git add --all && git commit -q -m 'A garden' && mhv init --no-hooks`

/** The tutorial's shell: where it is, what it ran last, and where that is written. */
export interface Shell {
  cwd: string
  line: string
  /** What a line writes goes where the tutorial speaks, so that both are in one order. */
  readonly output: 'stdout' | 'stderr'
}

/** A task that was started, with its worktree. */
interface StartedTask {
  readonly status: Status
  readonly worktree: string
  /** Whether its branch has a garden in which nothing is dry. */
  readonly isWatered: boolean
}

/** What is looked at to see whether a step can begin, and whether it was done. */
export interface Progress {
  readonly statuses: readonly Status[]
  /** Of task 1, which the lines of the tutorial name. */
  readonly first: Status | null
  /** The task whose worktree the shell is in, or else the first that has one. */
  readonly started: StartedTask | null
  /** What was written to the task log last: `TaskCompleted #1 …`. */
  readonly change: string
  /** The line that was run last. */
  readonly line: string
}

export const isInside = (path: string, directory: string) =>
  path === directory || path.startsWith(`${directory}${sep}`)

/** Runs a line in the sandbox's shell, and goes where it went. Returns the exit status. */
export function runLine({ directory, env, goTo }: Sandbox, shell: Shell, line: string): number {
  const went = join(directory, 'went')
  const [one, other] = shell.output === 'stdout' ? [1, 2] : [2, 1]
  const script = `exec ${other}>&${one}; eval "$1"; tour_status=$?; pwd > "$2"; exit "$tour_status"`
  const ended = inForeground(script, [line, went], { cwd: shell.cwd, env })
  for (const file of [went, goTo]) {
    const next = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
    if (next !== '' && existsSync(next)) shell.cwd = next
    rmSync(file, { force: true })
  }
  shell.line = line
  return ended.status ?? 1
}

/** What lines that nobody typed have said, of which nothing is shown. */
const unseen = ({ directory }: Sandbox) => join(directory, 'unseen')

/** Runs a line that nobody typed. Returns the exit status. */
export const runUnseen = (sandbox: Sandbox, shell: Shell, line: string): number =>
  runLine(sandbox, shell, `{ ${line}\n} > ${shellWord(unseen(sandbox))} 2>&1`)

/** What became of the garden; null where it is none any more. */
export async function lookAt({ garden }: Sandbox, shell: Shell): Promise<Progress | null> {
  if (!existsSync(garden)) return null
  try {
    const repository = await findRepository(garden)
    const view = await openGitStore(repository).view()
    const worktreeOf = new Map((await listWorktrees(repository)).map(({ branch, path }) => [branch, path]))
    const slots = Array.from({ length: view.slots }, (_, slot) => slot)
    const withWorktree = slots.flatMap((slot) => {
      const { branch } = view.head(slot)
      const worktree = branch ? worktreeOf.get(branch) : undefined
      return worktree && existsSync(worktree) ? [{ status: view.status(slot), branch, worktree }] : []
    })
    const here = withWorktree.find(({ worktree }) => isInside(shell.cwd, worktree)) ?? withWorktree[0]
    const ofFirst = slots.find((slot) => view.number(slot) === 1)
    return {
      statuses: slots.map((slot) => view.status(slot)),
      first: ofFirst === undefined ? null : view.status(ofFirst),
      started: here
        ? {
            ...here,
            isWatered: !/dry/.test(await git(['show', `${here.branch}:garden.txt`], repository.git)),
          }
        : null,
      change: await git(['log', '-1', '--format=%s', TASKS_REF], repository.git),
      line: shell.line,
    }
  } catch (error) {
    if (error instanceof MhvError) return null
    throw error
  }
}

/**
 * Makes the garden, or makes it anew, with what some lines do in it.
 * Errors: STATE_UNWRITABLE where git or the program cannot do that here.
 */
export function plant(sandbox: Sandbox, shell: Shell, lines: readonly string[]): void {
  for (const path of [sandbox.garden, `${sandbox.garden}.worktrees`])
    rmSync(path, { recursive: true, force: true })
  mkdirSync(sandbox.garden)
  shell.cwd = sandbox.garden
  for (const line of [BEGINNING, ...lines])
    if (runUnseen(sandbox, shell, line) !== 0)
      throw noTemporaryPlace(
        'The tour',
        readFileSync(unseen(sandbox), 'utf8').trim() || `this failed: ${line.trim()}`,
      )
}
