import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from './git/refs.ts'
import type { Repository } from './git/repository.ts'
import { git } from './git/run.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import { openGitStore } from './store/git-store.ts'
import { currentTask } from './worktrees/current-task.ts'

/** Line under which `commit -v` shows the difference, after the comment character. */
const SCISSORS = '------------------------ >8 ------------------------'

/** Messages that git is going to fold into another commit's, which then would have the trailer twice. */
const FOLDED = /^(?:fixup|squash|amend)! /

/**
 * Whether lines that begin as comments do will be in the commit: git takes them out where an editor had put its own in.
 * It calls the hook with `:` for an editor where there was none, as with -m.
 */
async function keepsComments(repository: Repository): Promise<boolean> {
  const cleanup = (await readConfig(repository, 'commit.cleanup')) ?? 'default'
  return cleanup === 'default' ? process.env.GIT_EDITOR === ':' : cleanup !== 'strip'
}

/** A comment character that no message has, for git to take nothing for a comment. */
const NO_COMMENT = '\u0001'

/** What of a message will be in the commit: without comments, and what follows the scissors. */
function meant(text: string, comment: string): string {
  const at = text.indexOf(`${comment} ${SCISSORS}`)
  const above = at < 0 ? text : text.slice(0, at)
  return above
    .split('\n')
    .filter((line) => !line.startsWith(comment))
    .join('\n')
    .trim()
}

/** The character that makes a line a comment; git picks one by itself where it is told to. */
async function commentCharacter(repository: Repository, text: string): Promise<string> {
  const configured = (await readConfig(repository, 'core.commentChar')) ?? '#'
  if (configured !== 'auto') return configured || '#'
  return new RegExp(`^(.) ${SCISSORS}$`, 'm').exec(text)?.[1] ?? '#'
}

/**
 * Adds the trailer `Task: #N` to a commit's message, where the branch belongs to a task and the message does not have
 * it. Not to merges, nor to messages that git folds into others or refuses for being empty.
 * @param file the message's file, relative to the working directory
 * Errors: those of the store's view, GIT_FAILED.
 */
export async function addTrailer(repository: Repository, file: string): Promise<void> {
  const id = await currentTask(repository)
  if (id === null || existsSync(join(repository.gitDir, 'MERGE_HEAD'))) return
  const text = readFileSync(file, 'utf8')
  const keeps = await keepsComments(repository)
  const message = meant(text, keeps ? NO_COMMENT : await commentCharacter(repository, text))
  if (message === '' || FOLDED.test(message)) return
  const view = await openGitStore(repository).view()
  const slot = view.slotOfId(id)
  if (slot === undefined) return
  if (isNamed(view, slot, message)) return
  const trailer = `Task: #${view.number(slot)}`
  const comments = keeps ? ['-c', `core.commentChar=${NO_COMMENT}`] : []
  const args = [...comments, 'interpret-trailers', '--in-place', '--no-divider', '--trailer', trailer, file]
  await git(args, { ...repository.git, cwd: process.cwd() })
}

/** Whether a message has the trailer of a task already, perhaps with a number that it had before. */
const isNamed = (view: Snapshot, slot: number, message: string) =>
  [...message.matchAll(/^Task: #(\d{1,15})$/gm)].some(([, number]) => {
    const slots = view.slotsOfNumber(Number(number))
    return slots.length === 1 && slots[0] === slot
  })
