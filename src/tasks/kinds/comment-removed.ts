import type { Kind } from '../event-kind.ts'

/** Only `mhv undo` writes this: the comment leaves the task but stays in its history. */
export const commentRemoved: Kind<'CommentRemoved'> = {
  evolve: (task, { data }) => ({
    ...task,
    comments: task.comments.filter((comment) => comment.id !== data.comment),
  }),
}
