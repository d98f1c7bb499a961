import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readConfig } from './git/refs.ts'
import type { Repository } from './git/repository.ts'
import { runGit } from './git/run.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import { openGitStore } from './store/git-store.ts'
import { currentTask } from './worktrees/current-task.ts'

/** Line under which `commit -v` shows the difference, after the comment character. */
const SCISSORS = '------------------------ >8 ------------------------'

/** Messages that git is going to fold into another commit's, which then would have the trailer twice. */
const FOLDED = /^(?:fixup|squash|amend)! /

/** What git will do to a message before it makes the commit. */
interface Cleaning {
  /** What lines begin with that git takes out; null where it takes out none. */
  readonly comment: string | null
  /** The line from which on nothing is the message any more; null where there is none. */
  readonly scissors: string | null
}

/**
 * git takes comments out where an editor had put its own in, and what follows the scissors where it may have put them in.
 * It calls the hook with `:` for an editor where there was none, as with -m. Flags of the command it does not tell.
 */
async function cleaningOf(repository: Repository, text: string): Promise<Cleaning> {
  const cleanup = (await readConfig(repository, 'commit.cleanup')) ?? 'default'
  const character = await commentCharacter(repository, text)
  const hasEditor = process.env.GIT_EDITOR !== ':'
  const takesOut = cleanup === 'default' ? hasEditor : cleanup === 'strip'
  return {
    comment: takesOut ? character : null,
    scissors: hasEditor || cleanup === 'scissors' ? `${character} ${SCISSORS}` : null,
  }
}

/** Lines of a message that will be in the commit, by their places in the text. */
function meant(lines: readonly string[], { comment, scissors }: Cleaning): number[] {
  const cut = scissors === null ? -1 : lines.findIndex((line) => line.startsWith(scissors))
  const kept = lines.flatMap((line, i) =>
    (comment !== null && line.startsWith(comment)) || (cut >= 0 && i >= cut) ? [] : [i],
  )
  while (kept.length > 0 && lines[kept.at(-1)!]!.trim() === '') kept.pop()
  return kept
}

/** A comment character that no message has, for git to take nothing for a comment. */
const NO_COMMENT = '\u0001'

/** The trailers that git sees in a message, each on a line. Errors: GIT_FAILED. */
async function trailersOf(repository: Repository, message: string): Promise<string[]> {
  const args = ['-c', `core.commentChar=${NO_COMMENT}`, 'interpret-trailers', '--parse', '--no-divider']
  const input = Buffer.from(`${message}\n`, 'latin1')
  const result = await runGit(args, { ...repository.git, input })
  return result.stdout.toString('latin1').split('\n').filter(Boolean)
}

/** What git takes for a trailer and is none: `https://…`, `std::vector`, `C:\dir`, `localhost:8080`. */
const NO_TRAILER = /^[\w-]+:(?:\/\/|:|\\|\d)/

/**
 * A message with a trailer after all others. Not as `git interpret-trailers` does it, which writes a last paragraph of
 * addresses or of `std::string` anew, with blanks after the colons.
 * @param kept places of the lines that will be in the commit
 * @param hasTrailers whether git sees any in its last paragraph
 */
function withTrailer(
  lines: readonly string[],
  kept: readonly number[],
  hasTrailers: boolean,
  trailer: string,
): string {
  const last = kept.at(-1) ?? -1
  const from = kept.findLastIndex((i) => lines[i]!.trim() === '') + 1
  const paragraph = kept.slice(from).map((i) => lines[i]!)
  const isBlock =
    (hasTrailers && paragraph.some((line) => !NO_TRAILER.test(line))) ||
    (from > 0 && paragraph.every((line) => line.startsWith('(cherry picked from commit ')))
  const whole = [...lines]
  whole.splice(last + 1, 0, ...(isBlock ? [trailer] : ['', trailer]))
  return last + 1 === lines.length ? `${whole.join('\n')}\n` : whole.join('\n')
}

/** Whether git refuses a message: nobody has written one, but for signing it off, or filling no template. */
async function isUnwritten(repository: Repository, message: string): Promise<boolean> {
  const written = message.replace(/^Signed-off-by: .*$/gm, '').trim()
  if (written === '') return true
  const args = ['config', '--type=path', '--get', 'commit.template']
  const template = (await runGit(args, repository.git)).stdout.toString('utf8').replace(/\n$/, '')
  if (template === '') return false
  try {
    const text = readFileSync(resolve(repository.workTree ?? '.', template), 'latin1')
    const filled = text.split('\n').filter((line) => !line.startsWith('#'))
    return filled.join('\n').trim() === written
  } catch {
    return false
  }
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
  const lines = text.split('\n')
  const kept = meant(lines, await cleaningOf(repository, text))
  const message = kept.map((i) => lines[i]).join('\n')
  if (FOLDED.test(message.trim()) || (await isUnwritten(repository, message))) return
  const view = await openGitStore(repository).view()
  const slot = view.slotOfId(id)
  if (slot === undefined) return
  const known = await trailersOf(repository, message)
  if (isNamed(view, slot, known)) return
  writeFileSync(file, withTrailer(lines, kept, known.length > 0, `Task: #${view.number(slot)}`), 'latin1')
}

/** Whether a task is named by one of these trailers, perhaps with a number that it had before. */
const isNamed = (view: Snapshot, slot: number, trailers: readonly string[]) =>
  trailers.some((line) => {
    const number = /^Task: #(\d{1,15})$/.exec(line)?.[1]
    const slots = number === undefined ? [] : view.slotsOfNumber(Number(number))
    return slots.length === 1 && slots[0] === slot
  })
