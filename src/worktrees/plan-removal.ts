import { shellWord } from '../errors.ts'
import type { WorktreeFacts } from './inspect.ts'
import type { MergedHow } from './merged.ts'

/** Why a worktree stays. */
export interface Reason {
  readonly code:
    | 'main'
    | 'not there'
    | 'copied'
    | 'locked'
    | 'occupied'
    | 'here'
    | 'operation'
    | 'unknown'
    | 'staged'
    | 'changed'
    | 'untracked'
    | 'hidden'
    | 'submodule'
    | 'inside'
    | 'unheld'
    | 'not merged'
    | 'never'
    | 'young'
    | 'brought back'
    | 'other branch'
  /** In words, without a full stop. */
  readonly text: string
  /** The command that leads out, where there is one. */
  readonly step?: string
}

/** Reasons that are about content: undo brings it back byte for byte, so that whoever says so may let it go. */
const CONTENT: readonly Reason['code'][] = ['staged', 'changed', 'untracked', 'hidden']

export interface RemovalWishes {
  /** What makes finished work safe; null where somebody asks for the removal, and the branch stays unless merged. */
  readonly needs: 'merged' | 'pushed' | 'never' | null
  /** Whether what is not committed may go along into the trash. */
  readonly withChanges: boolean
  /** Whether what git still knows of one whose directory is gone may go. */
  readonly goneToo: boolean
  /** Whether the shell that runs the command can be moved out of the worktree first. */
  readonly canLeave: boolean
}

const MERGED: readonly MergedHow[] = ['ancestor', 'rebased', 'squashed']

/** Whether every commit of a branch is safe elsewhere, so that the branch may go with its worktree. */
export const isSafeElsewhere = ({ merged }: WorktreeFacts): boolean =>
  MERGED.includes(merged.how) || merged.how === 'pushed'

const plural = (count: number, word: string) => (count === 1 ? `1 ${word}` : `${count} ${word}s`)

/** As many names are shown. */
const MOST_NAMED = 3

function files(paths: readonly string[], what: string): string {
  const shown = paths.slice(0, MOST_NAMED).join(', ')
  return `${plural(paths.length, what)} (${shown}${paths.length > MOST_NAMED ? ', …' : ''})`
}

function aboutPlace(facts: WorktreeFacts, goneToo: boolean): Reason[] {
  const { path, state, movedTo, copies } = facts
  if (facts.isMain) return [{ code: 'main', text: 'it is the main worktree' }]
  const reasons: Reason[] = []
  const isAway = state !== 'there' || movedTo !== null
  if (isAway && !(state === 'gone' && movedTo === null && goneToo)) {
    const where =
      state === 'cut off' && movedTo === null
        ? 'its .git file is gone'
        : state === 'unfinished'
          ? 'it was never finished'
          : movedTo
            ? `it was moved to ${movedTo}`
            : 'its directory is gone, deleted or moved'
    const repair = 'mhv worktree repair'
    const step = movedTo ? `${repair} ${shellWord(movedTo)}` : state === 'cut off' ? repair : undefined
    reasons.push({ code: 'not there', text: where, ...(step ? { step } : {}) })
  }
  if (copies.length > 0) {
    reasons.push({
      code: 'copied',
      text: `${copies.join(' and ')} was copied from it and shares its index`,
      step: 'mhv worktree repair',
    })
  }
  if (facts.isLocked && state !== 'unfinished') {
    reasons.push({
      code: 'locked',
      text: `it is locked${facts.lockReason ? ` (${facts.lockReason})` : ''}`,
      step: `git worktree unlock ${shellWord(path)}`,
    })
  }
  return reasons
}

function aboutUse({ isHere, occupants, operation, path }: WorktreeFacts, canLeave: boolean): Reason[] {
  const reasons: Reason[] = []
  if (isHere && !canLeave) {
    reasons.push({ code: 'here', text: 'this command runs inside it' })
  }
  // The shell that the command runs in is among them, and the reason above speaks of it.
  else if (occupants && occupants.length > 0) {
    const named = occupants.slice(0, MOST_NAMED).map(({ pid, name }) => `${name} ${pid}`)
    const rest = occupants.length > MOST_NAMED ? ', …' : ''
    const what = occupants.length === 1 ? 'a process works' : `${occupants.length} processes work`
    reasons.push({ code: 'occupied', text: `${what} in it (${named.join(', ')}${rest})` })
  }
  if (operation) {
    reasons.push({
      code: 'operation',
      text: `${operation} is in progress`,
      step: `git -C ${shellWord(path)} status`,
    })
  }
  return reasons
}

/** Where the directory of one that is gone may be, and what leads git there. */
export const MAYBE_MOVED =
  'its directory is gone, or was moved (then `mhv worktree repair NEW-PATH` leads to it)'

function unheldReason({ unheld, unheldTip, branch, path, state }: WorktreeFacts): Reason[] {
  if (unheld === 0) return []
  const isGone = state === 'gone'
  const holder = branch === null ? 'its detached head' : 'its log'
  return [
    {
      code: 'unheld',
      text: `${isGone ? `${MAYBE_MOVED}; ` : ''}${holder} has ${plural(unheld, 'commit')} that no branch holds`,
      step: isGone ? `git branch NAME ${unheldTip}` : `git -C ${shellWord(path)} switch --create NAME`,
    },
  ]
}

/** Of one whose directory is gone, only the index can be looked at. */
const stagedInGone = ({ files: { staged } }: WorktreeFacts): Reason[] =>
  staged.length === 0
    ? []
    : [
        {
          code: 'staged',
          text: `${MAYBE_MOVED}; staged content is only in its index: ${files(staged, 'file')}`,
        },
      ]

function aboutContent(facts: WorktreeFacts): Reason[] {
  const { files: content, submodules, inside, path } = facts
  if (facts.state === 'gone') return [...stagedInGone(facts), ...unheldReason(facts)]
  const look = `git -C ${shellWord(path)} status`
  const reasons: Reason[] = []
  const add = (code: Reason['code'], paths: readonly string[], what: string, step = look) => {
    if (paths.length > 0) reasons.push({ code, text: files(paths, what), step })
  }
  add('staged', content.staged, 'staged file')
  add('changed', content.changed, 'changed file')
  add('untracked', content.untracked, 'untracked file')
  add(
    'hidden',
    content.hidden,
    'changed file that git was told not to look at',
    `git -C ${shellWord(path)} ls-files -v`,
  )
  for (const text of submodules) reasons.push({ code: 'submodule', text })
  if (inside.length > 0)
    reasons.push({
      code: 'inside',
      text: `other repositories are inside it: ${inside.slice(0, MOST_NAMED).join(', ')}`,
    })
  return [...reasons, ...unheldReason(facts)]
}

function aboutWork({ merged, branch, unpushed }: WorktreeFacts, needs: RemovalWishes['needs']): Reason[] {
  const isMerged = MERGED.includes(merged.how)
  if (needs === null || (needs !== 'never' && isMerged)) return []
  if (needs === 'never') return [{ code: 'never', text: 'worktrees.remove is “never”' }]
  if (needs === 'pushed' && merged.how === 'pushed') return []
  const name = branch ?? 'its detached head'
  const text =
    merged.how === 'empty'
      ? `${name} has no work on it that could be merged`
      : merged.how === 'pushed'
        ? `${name} is pushed, but not merged`
        : merged.how === 'unknown'
          ? `whether ${name} is merged cannot be told`
          : `${name} is not merged${unpushed ? `, and ${plural(unpushed, 'commit')} not pushed` : ''}`
  return [{ code: 'not merged', text }]
}

/**
 * Why a worktree may not go; it may where there is no reason. Unknown means keep. Files that git ignores do not keep it:
 * they go along into the trash and come back with an undo.
 */
export function reasonsToKeep(facts: WorktreeFacts, wishes: RemovalWishes): Reason[] {
  const place = aboutPlace(facts, wishes.goneToo)
  if (facts.isMain) return place
  const content = aboutContent(facts).filter(({ code }) => !wishes.withChanges || !CONTENT.includes(code))
  const unknown = facts.unknown.map((text): Reason => ({ code: 'unknown', text: `not known: ${text}` }))
  return [
    ...place,
    ...aboutUse(facts, wishes.canLeave),
    ...content,
    ...unknown,
    ...aboutWork(facts, wishes.needs),
  ]
}
