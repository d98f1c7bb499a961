import type { PlainTask } from './plain-task.ts'

/** What a text says of a task that it names: that it comes first, that it comes after, or nothing of the order. */
export type Mention = 'first' | 'after' | 'named'

const COMES_FIRST =
  /\b(?:depends? on|depending on|after|blocked by|blocked on|requires?|needs?|waits? (?:for|on)|builds? on|based on|once|reuses?|relies on|prerequisites?)\b[^.;\n]{0,30}$/i
const COMES_AFTER = /\b(?:blocks|unblocks|needed by|required by|precedes|before)\b[^.;\n]{0,20}$/i

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The names by which a text may mean a task: `#12` and `task 12` in its own repository, `akosha#12`, its source's id. */
function namesOf(other: PlainTask, home: string): RegExp {
  const { repository, number, source } = other
  const names = [
    ...(number > 0 ? [`${escaped(repository)}#${number}`] : []),
    ...(number > 0 && repository === home ? [`#${number}`, `task[ -]#?${number}`] : []),
    // A number alone is too often something else.
    ...(source !== null && !/^\d+$/.test(source) ? [escaped(source)] : []),
  ]
  return new RegExp(`(?<![\\w.#/-])(?:${names.join('|')})(?![\\w-]|\\.\\d)`, 'gi')
}

/** How a task's text speaks of another task; null where it does not. */
export function mentionOf(task: PlainTask, other: PlainTask): Mention | null {
  const text = `${task.title}\n${task.description}`
  let mention: Mention | null = null
  for (const { index } of text.matchAll(namesOf(other, task.repository))) {
    const before = text.slice(Math.max(0, index - 80), index)
    if (COMES_AFTER.test(before)) return 'after'
    if (COMES_FIRST.test(before)) mention = 'first'
    else mention ??= 'named'
  }
  return mention
}
