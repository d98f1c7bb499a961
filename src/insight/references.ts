import type { PlainTask } from './plain-task.ts'

/** What a text says of a task that it names. */
export interface Mention {
  /** That it comes first, that it comes after, or nothing of the order. */
  readonly order: 'first' | 'after' | 'named'
  /** The words around it. */
  readonly quote: string
}

const COMES_FIRST =
  /\b(?:depends? on|depending on|after|blocked by|blocked on|requires?|needs?|waits? (?:for|on)|builds? on|based on|once|reuses?|relies on|prerequisites?)\b[^.;\n]{0,30}$/i
const COMES_AFTER =
  /\b(?:blocks|unblocks|(?:needed|required) (?:by|for)|(?:prerequisites?|groundwork|preparation|precondition) (?:for|of|to)|enables|precedes|before)\b[^.;\n]{0,20}$/i

/** “cannot begin before #7” is no denial. */
const NOT_BEFORE =
  /\b(?:not|cannot|never|\w+n[’']t)\b[^.;\n]{0,40}\b(?:before|until|unless|without)\b[^.;\n]{0,20}$/i
const DENIED =
  /(?:\b(?:not|cannot|never|neither|nor|no longer|\w+n[’']t)(?:\s+\w+){0,2}\s+(?:depend\w*|need\w*|require\w*|wait\w*|block\w*|build\w*|rely|relies|based|related?|part|reuses?|after|before)\b[^.;\n]{0,30}|\bno (?:dependency|need|relation)\b[^.;\n]{0,20}|\b(?:unlike|instead of|rather than|independent(?:ly)? (?:of|from)|regardless of|unrelated to|nothing to do with|not)\s[^.,;\n]{0,15})$/i

/** The text with blanks for what it quotes as code, which is about names rather than tasks. */
const withoutCode = (text: string) =>
  text.replace(/```[\s\S]*?(?:```|$)|(`+)[^`\n]+\1/g, (code) => code.replace(/[^\n]/g, ' '))

const AROUND = { before: 40, after: 25 }

/** The words around a place in a text, of its sentence at most. */
function quoteAt(text: string, from: number, to: number): string {
  const before = text
    .slice(0, from)
    .split(/\n|[.;!?]\s/)
    .at(-1)!
  const after = text.slice(to).split(/\n|[.;!?](?:\s|$)/)[0]!
  const start =
    before.length > AROUND.before ? `…${before.slice(-AROUND.before).replace(/^\S*\s/, '')}` : before
  const end = after.length > AROUND.after ? `${after.slice(0, AROUND.after).replace(/\s\S*$/, '')}…` : after
  return `${start}${text.slice(from, to)}${end}`.replace(/\s+/g, ' ').trim()
}

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

function orderSaid(before: string): Mention['order'] | null {
  if (NOT_BEFORE.test(before)) return 'first'
  if (DENIED.test(before)) return null
  if (COMES_AFTER.test(before)) return 'after'
  return COMES_FIRST.test(before) ? 'first' : 'named'
}

/** Few are named, and to look for a number or an id costs next to nothing beside a pattern of its own. */
function mayName(text: string, { number, source }: PlainTask): boolean {
  const isNumbered = number > 0 && text.includes(String(number))
  return isNumbered || (source !== null && text.toLowerCase().includes(source.toLowerCase()))
}

/** How a task's text speaks of another task; null where it does not, or only to say that they have nothing in common. */
export function mentionOf(task: PlainTask, other: PlainTask): Mention | null {
  const whole = `${task.title}\n${task.description}`
  if (!mayName(whole, other)) return null
  const text = withoutCode(whole)
  let mention: Mention | null = null
  for (const { 0: name, index } of text.matchAll(namesOf(other, task.repository))) {
    const order = orderSaid(text.slice(Math.max(0, index - 80), index))
    if (order === null) continue
    const said = { order, quote: quoteAt(text, index, index + name.length) }
    if (order === 'after') return said
    if (mention === null || (order === 'first' && mention.order === 'named')) mention = said
  }
  return mention
}
