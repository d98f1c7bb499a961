/** What decides about numbers; deleted tasks are among them, since their numbers are never given out again. */
export interface NumberedTask {
  readonly id: string
  /** 0 where no event has numbered the task. */
  readonly number: number
}

export interface Renumbering {
  readonly id: string
  readonly from: number
  readonly to: number
}

const byId = (a: NumberedTask, b: NumberedTask) => (a.id < b.id ? -1 : 1)

/**
 * The tasks that need another number once two clones are merged, so that no two have the same. Of those that share one,
 * a task that the remote had before keeps it, since others may have written that number down; of several that it had,
 * or where it had none, the one with the earliest id. Aliases do not collide: a number means its owner first.
 * @param tasks the merged tasks, deleted ones too; leaving out tasks whose numbers are unique changes nothing
 * @param remoteHad whether the remote had the task before this exchange
 * @param highest the highest of all numbers and aliases on either side
 */
export function planRenumbering(
  tasks: readonly NumberedTask[],
  remoteHad: (id: string) => boolean,
  highest: number,
): Renumbering[] {
  const owners = new Map<number, NumberedTask>()
  for (const task of [...tasks].sort(byId)) {
    const owner = owners.get(task.number)
    if (!owner || (!remoteHad(owner.id) && remoteHad(task.id))) owners.set(task.number, task)
  }
  return tasks
    .filter((task) => task.number === 0 || owners.get(task.number) !== task)
    .sort((a, b) => a.number - b.number || byId(a, b))
    .map(({ id, number }, i) => ({ id, from: number, to: highest + 1 + i }))
}
