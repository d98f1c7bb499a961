/** What a task's vector is made of. */
export interface TaskWords {
  readonly title: string
  readonly description: string | null
  readonly labels: readonly string[]
  readonly comments: readonly { readonly text: string }[]
}

/**
 * The text that stands for a task where meaning is compared, what says most in front: a model reads so much only. Its
 * vector is kept under this text, so whoever embeds or searches tasks has to make it here.
 */
export const embeddedText = ({ title, description, labels, comments }: TaskWords): string =>
  [title, labels.join(', '), description ?? '', ...comments.map(({ text }) => text)]
    .filter((part) => part !== '')
    .join('\n')
