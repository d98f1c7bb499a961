import { refOfPlain } from '../../insight/plain-task.ts'
import type { LinkReason, LinkSuggestion } from '../../insight/suggest-links.ts'
import { visible } from '../../printable.ts'
import { pasted } from '../failing/pasted-step.ts'
import { aside, note } from '../output/output-mode.ts'
import type { LinksOfTask } from './links-of-named.ts'

const rounded = (value: number) => Number(value.toFixed(3))

function reasonSaid({ kind, shared, quote }: LinkReason): string {
  const list = visible(shared.join(', '))
  switch (kind) {
    case 'reference':
      return `its text names it: “${visible(quote ?? '')}”`
    case 'wording':
      return `both speak of ${list}`
    case 'files':
      return `commits of both changed ${list}`
    case 'same parent':
      return 'both are parts of one task'
    case 'same time':
      return 'both were created at about the same time'
    case 'labels':
      return `both are labelled ${list}`
  }
}

/** Why a link is suggested, what speaks most for it first. */
export const reasonsSaid = ({ reasons }: LinkSuggestion): string => reasons.map(reasonSaid).join('; ')

export const linkJson = (link: LinkSuggestion): object => ({
  ref: refOfPlain(link.task),
  title: link.task.title,
  confidence: rounded(link.confidence),
  reasons: link.reasons.map(({ kind, strength, shared, quote }) => ({
    kind,
    strength: rounded(strength),
    shared,
    ...(quote === undefined ? {} : { quote }),
  })),
  because: reasonsSaid(link),
})

const shownIn = ({ wordOf }: LinksOfTask, { task }: LinkSuggestion) => wordOf(task).replace(/^(?=\d+$)/, '#')

/** A suggestion in words, with the task as --accept takes it. */
export function linkText(found: LinksOfTask, link: LinkSuggestion): string {
  const sure = `${Math.round(link.confidence * 100)} %`
  return `${shownIn(found, link)} ${visible(link.task.title)} (${sure})\n  because ${reasonsSaid(link)}`
}

/** What is suggested, and what became a dependency, as scripts see it. */
export const suggestedJson = (
  { repository, number, links }: LinksOfTask,
  accepted: readonly LinkSuggestion[],
): object => ({
  task: { ref: `${repository}#${number}` },
  suggestions: links.map(linkJson),
  accepted: accepted.map(({ task }) => refOfPlain(task)),
})

/** Prints what became a dependency or, where nobody was asked, what is suggested. */
export function printSuggested(
  found: LinksOfTask,
  accepted: readonly LinkSuggestion[],
  wasAsked: boolean,
): void {
  const { links, number } = found
  if (links.length === 0) {
    note(`Nothing suggests that #${number} depends on another open task.\n`)
  } else if (accepted.length > 0) {
    const names = accepted.map((link) => shownIn(found, link)).join(', ')
    aside(`#${number} depends on ${names} as well.`)
  } else if (!wasAsked) {
    process.stdout.write(`${links.map((link) => linkText(found, link)).join('\n')}\n`)
    const step = pasted(`${found.command} --accept ${found.wordOf(links[0]!.task)}`)
    note(`To accept some: ${step}\n`)
  }
}
