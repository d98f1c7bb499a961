import { MhvError } from '../errors.ts'
import { slug } from './slug.ts'
import {
  firstFree,
  type StartFacts,
  type StartWishes,
  startCommand,
  type TaskToStart,
} from './start-request.ts'
import { expandBranch } from './template.ts'

/** What a task's branch is called, and what else where that name is taken: with what its template leaves out. */
function branchNames(task: TaskToStart, { settings, user }: StartFacts): [string, string] {
  const template = settings.branch
  const values = { number: String(task.number), slug: slug(task.title), type: task.type, user }
  const plain = expandBranch(template, values)
  const left = (['number', 'slug'] as const).filter((name) => !template.includes(`{${name}}`))
  return [plain, [plain, ...left.map((name) => values[name])].join('-')]
}

/** The first name that is free or already the task's own. Errors: BRANCH_TAKEN. */
export function chooseBranch(task: TaskToStart, wishes: StartWishes, facts: StartFacts): string {
  const isFree = (name: string) => !facts.branches.has(name)
  const isOwn = (name: string) =>
    facts.claims.get(name) === task.id ||
    // A clone has branches but no claims; what the log of this task alone records is its own.
    (name === task.branch && !facts.claims.has(name) && !task.isShared(name))
  if (wishes.branch !== undefined) {
    const owner = facts.claims.get(wishes.branch)
    if (owner && owner !== task.id) {
      const message = `The branch ${wishes.branch} belongs to ${task.nameOf(owner)}.`
      const branch = firstFree(branchNames(task, facts)[0], isFree)
      throw new MhvError('BRANCH_TAKEN', message, {
        recovery: [`mhv task show ${owner}`, startCommand(task, wishes, { branch })],
        data: { branch: wishes.branch, task: owner },
      })
    }
    return wishes.branch
  }
  if (task.branch && isOwn(task.branch) && !isFree(task.branch)) return task.branch
  // A start that was taken back is forgotten by the task, not by its branch; and a branch that was renamed keeps its claim.
  const claimed = [...facts.claims.keys()].find((name) => isOwn(name) && !isFree(name))
  if (claimed) return claimed
  if (task.branch && isFree(task.branch)) return task.branch
  const [plain, long] = branchNames(task, facts)
  const chosen = [plain, long].find((name) => isOwn(name) || isFree(name))
  if (chosen) return chosen
  const owner = facts.claims.get(plain)
  throw new MhvError(
    'BRANCH_TAKEN',
    `The branches ${plain} (${owner ? `of ${task.nameOf(owner)}` : 'of no task'}) and ${long} exist and are not this task’s.`,
    {
      recovery: [startCommand(task, wishes, { branch: firstFree(plain, isFree) })],
      data: { branches: [plain, long] },
    },
  )
}
