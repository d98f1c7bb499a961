import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from './git/refs.ts'
import type { Repository } from './git/repository.ts'
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

/** A comment character that no message has: nothing is a comment. */
const NO_COMMENT = '\u0001'

/** Lines of a message that will be in the commit, by their places in the text: no comments, nothing after the scissors. */
function meant(lines: readonly string[], comment: string): number[] {
  const cut = lines.findIndex((line) => line.startsWith(`${comment} ${SCISSORS}`))
  const kept = lines.flatMap((line, i) => (line.startsWith(comment) || (cut >= 0 && i >= cut) ? [] : [i]))
  while (kept.length > 0 && lines[kept.at(-1)!]!.trim() === '') kept.pop()
  return kept
}

/** A trailer, a line that goes on with one, or what `git cherry-pick -x` writes. An address, `https://…`, is none. */
const TRAILER = /^[A-Za-z0-9][A-Za-z0-9-]*: +\S|^[ \t]+\S|^\(cherry picked from commit /

/**
 * A message with a trailer after all others. Not by `git interpret-trailers`, which takes a last paragraph of addresses or
 * of `std::string` for trailers, and writes it anew with blanks after the colons.
 * @param comment what comments begin with
 */
export function withTrailer(text: string, trailer: string, comment: string): string {
  const lines = text.split('\n')
  const kept = meant(lines, comment)
  const last = kept.at(-1) ?? -1
  const from = kept.findLastIndex((i) => lines[i]!.trim() === '') + 1
  const paragraph = kept.slice(from).map((i) => lines[i]!)
  // The first paragraph is the subject, whatever it looks like.
  const isBlock = from > 0 && /^\S/.test(paragraph[0]!) && paragraph.every((line) => TRAILER.test(line))
  lines.splice(last + 1, 0, ...(isBlock ? [trailer] : ['', trailer]))
  return lines.at(-1) === trailer ? `${lines.join('\n')}\n` : lines.join('\n')
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
 * Errors: those of the store's view.
 */
export async function addTrailer(repository: Repository, file: string): Promise<void> {
  const id = await currentTask(repository)
  if (id === null || existsSync(join(repository.gitDir, 'MERGE_HEAD'))) return
  // Byte for byte: a message may be in any encoding.
  const text = readFileSync(file, 'latin1')
  const keeps = await keepsComments(repository)
  const comment = keeps ? NO_COMMENT : await commentCharacter(repository, text)
  const lines = text.split('\n')
  const message = meant(lines, comment)
    .map((i) => lines[i])
    .join('\n')
    .trim()
  if (message === '' || FOLDED.test(message)) return
  const view = await openGitStore(repository).view()
  const slot = view.slotOfId(id)
  if (slot === undefined) return
  if (isNamed(view, slot, message)) return
  writeFileSync(file, withTrailer(text, `Task: #${view.number(slot)}`, comment), 'latin1')
}

/** Whether a message has the trailer of a task already, perhaps with a number that it had before. */
const isNamed = (view: Snapshot, slot: number, message: string) =>
  [...message.matchAll(/^Task: #(\d{1,15})$/gm)].some(([, number]) => {
    const slots = view.slotsOfNumber(Number(number))
    return slots.length === 1 && slots[0] === slot
  })
