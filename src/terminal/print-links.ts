import { refOfPlain } from '../insight/plain-task.ts'
import type { LinkReason, LinkSuggestion } from '../insight/suggest-links.ts'
import { visible } from '../printable.ts'

const rounded = (value: number) => Number(value.toFixed(3))

function reasonSaid({ kind, shared }: LinkReason): string {
  const list = visible(shared.join(', '))
  switch (kind) {
    case 'reference':
      return 'its text names it'
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
  reasons: link.reasons.map(({ kind, strength, shared }) => ({ kind, strength: rounded(strength), shared })),
  because: reasonsSaid(link),
})
