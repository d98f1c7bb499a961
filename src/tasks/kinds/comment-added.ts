import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'

export interface AddComment {
  readonly kind: 'AddComment'
  readonly text: string
}

export const commentAdded: Kind<'CommentAdded'> = {
  evolve: (task, { id, at, by, data }) => ({
    ...task,
    comments: [...task.comments, { id, at, by, text: data.text }],
  }),
  revert: (_before, { id }, now) =>
    now.comments.some((comment) => comment.id === id) ? [draft('CommentRemoved', { comment: id })] : [],
}

export function addComment({ text }: AddComment): EventDraft[] {
  return [draft('CommentAdded', { text })]
}
