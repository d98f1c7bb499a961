import type { Status } from '../../../schemas/vocabulary.ts'
import type { Progress } from './garden.ts'

export interface TourStep {
  readonly name: string
  readonly says: string
  /** What has to be there before it, in words; what makes it is the lines of the steps before. */
  readonly needs: string
  readonly isReady: (progress: Progress) => boolean
  /** Where its lines are run. */
  readonly place: 'garden' | 'worktree'
  /** A line that does it. */
  readonly example: string
  /** What is said when a line ran well and did something else. */
  readonly hint: string
  readonly isDone: (progress: Progress) => boolean
}

const has =
  (...wanted: readonly Status[]) =>
  ({ statuses }: Progress) =>
    statuses.some((status) => wanted.includes(status))

/** Also where its gates did not pass: it goes on from there. */
const isUnderWay = ({ started }: Progress) =>
  started?.status === 'in_progress' || started?.status === 'failed'

/** What the tutorial teaches, in its order. */
export const STEPS: readonly TourStep[] = [
  {
    name: 'create',
    says: 'A task is made from words. “by Friday” becomes its deadline, “#garden” a label; you are told what was understood, and asked where it is not clear.',
    needs: 'a garden that keeps tasks',
    isReady: () => true,
    place: 'garden',
    example: 'mhv tc "Water the tomatoes by Friday #garden"',
    hint: 'No task was made yet; `mhv tc` with some words in quotes makes one.',
    isDone: ({ statuses }) => statuses.length > 0,
  },
  {
    name: 'list',
    says: '`mhv tl` lists what is open, most urgent first. `mhv tl overdue bugs` and `mhv search WORDS` find what you have forgotten the number of.',
    needs: 'a task that is open',
    isReady: has('pending', 'in_progress'),
    place: 'garden',
    example: 'mhv tl',
    hint: 'This step only asks for a list: mhv tl',
    isDone: ({ line }) => /\bmhv\s+(?:tl|task\s+list|ready|task\s+ready|search|ts|status)\b/.test(line),
  },
  {
    name: 'start',
    says: 'Starting a task makes a branch and a worktree for it, beside this directory, so that what you have open here stays as it is. With `mhv shell-init` your shell goes there by itself, as here.',
    needs: 'task 1, not started yet',
    isReady: ({ first }) => first === 'pending',
    place: 'garden',
    example: 'mhv start 1',
    hint: 'The task is not in progress yet: mhv start 1',
    isDone: isUnderWay,
  },
  {
    name: 'work',
    says: 'You are in the task’s worktree now. Change something and commit it, as ever; inside a worktree the task’s number may be left out.',
    needs: 'a task that is in progress, with its worktree',
    isReady: isUnderWay,
    place: 'worktree',
    example: 'echo "tomatoes: watered" > garden.txt && git commit -qam "Water the tomatoes"',
    hint: 'The task’s branch has no commit yet in which nothing in garden.txt is dry.',
    isDone: ({ started }) => started?.isWatered === true,
  },
  {
    name: 'done',
    says: '`mhv done` runs the repository’s quality gates on your commit, and completes the task if they pass. This garden has one gate: nothing in garden.txt may be dry.',
    needs: 'a task that is in progress, with its work committed',
    isReady: (progress) => isUnderWay(progress) && progress.started?.isWatered === true,
    place: 'worktree',
    example: 'mhv done',
    hint: 'The task is not completed yet: mhv done',
    isDone: has('completed'),
  },
  {
    name: 'undo',
    says: 'Everything is an event in the task’s history, so it can be taken back: `mhv undo` takes back your last command, and again the one before.',
    needs: 'a task that was completed just now',
    isReady: ({ statuses, change }) => statuses.includes('completed') && change.startsWith('TaskCompleted'),
    place: 'worktree',
    example: 'mhv undo',
    hint: 'The task is still completed: mhv undo',
    isDone: ({ statuses }) => !statuses.includes('completed'),
  },
]
