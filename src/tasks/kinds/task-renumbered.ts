import type { Kind } from '../event-kind.ts'

/** Gives the task a number; the one it had stays an alias, so that what people wrote down still leads to it. */
export const taskRenumbered: Kind<'TaskRenumbered'> = {
  evolve: (task, { data }) => ({
    ...task,
    number: data.number,
    aliases:
      task.number === 0 || task.number === data.number
        ? task.aliases
        : [...task.aliases.filter((alias) => alias !== data.number && alias !== task.number), task.number],
  }),
}
