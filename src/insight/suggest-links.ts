import { HOUR } from './durations.ts'
import type { PlainTask } from './plain-task.ts'
import { type Mention, mentionOf } from './references.ts'
import { comparedText, type TermReader, textLikeness } from './text-likeness.ts'

/** One thing that speaks for a link, and how much, from 0 to 1. */
export interface LinkReason {
  readonly kind: 'reference' | 'wording' | 'files' | 'same parent' | 'same time' | 'labels'
  readonly strength: number
  /** Words, files or labels that both have. */
  readonly shared: readonly string[]
  /** Of a reference, the words around it. */
  readonly quote?: string
}

export interface LinkSuggestion {
  readonly task: PlainTask
  readonly confidence: number
  readonly reasons: readonly LinkReason[]
}

/** What is known besides the tasks themselves. */
export interface LinkEvidence {
  /** Files that the commits of a task changed, by its key. */
  readonly filesOf: (key: string) => ReadonlySet<string>
  /** One that has read the texts already, where there is one. */
  readonly reader?: TermReader
}

/** How much each reason speaks for a link. Set by what it means, rounded, so that they rank links. */
const STRENGTH = { first: 0.7, named: 0.15, wording: 0.35, files: 0.4, parent: 0.1, time: 0.06, labels: 0.04 }
/**
 * What they make a link as likely as: less than they would were they independent, since several often say the same, and
 * people do not store every link that their words speak of. The back-test shows how far that holds.
 */
const TOGETHER = 2 / 3
const DAY = 24 * HOUR
const MOST_SHARED = 4

function reasonsFor(
  task: PlainTask,
  other: PlainTask,
  mention: Mention | null,
  evidence: LinkEvidence,
): LinkReason[] {
  const [own, theirs] = [evidence.filesOf(task.key), evidence.filesOf(other.key)]
  const files = [...own].filter((file) => theirs.has(file)).sort()
  const labels = task.labels.filter((label) => other.labels.includes(label))
  const allLabels = task.labels.length + other.labels.length - labels.length
  const apart = Math.abs(task.created - other.created)
  const said = mention && mention.order !== 'after' ? STRENGTH[mention.order] : 0
  return [
    { kind: 'reference', strength: said, shared: [], quote: mention?.quote ?? '' },
    {
      kind: 'files',
      strength: files.length === 0 ? 0 : (STRENGTH.files * files.length) / Math.min(own.size, theirs.size),
      shared: files.slice(0, MOST_SHARED),
    },
    {
      kind: 'same parent',
      strength: task.parent !== null && task.parent === other.parent ? STRENGTH.parent : 0,
      shared: [],
    },
    { kind: 'same time', strength: STRENGTH.time * Math.exp(-apart / DAY), shared: [] },
    {
      kind: 'labels',
      strength: labels.length === 0 ? 0 : (STRENGTH.labels * labels.length) / allLabels,
      shared: labels.slice(0, MOST_SHARED),
    },
  ]
}

/** Less than this speaks for nothing. */
const LEAST_STRENGTH = 0.01

/**
 * How likely it is that a task has to wait for each of some others, the likeliest first.
 * @param candidates open tasks that it can wait for: neither the task itself nor what waits for it already
 */
export function rankLinks(
  task: PlainTask,
  candidates: readonly PlainTask[],
  evidence: LinkEvidence,
): LinkSuggestion[] {
  const texts = [task, ...candidates].map(comparedText)
  const likeness = textLikeness(texts, evidence.reader)
  const others = candidates.map((_, i) => i + 1)
  const cosines = likeness.to(0, others)
  const ranked = candidates.map((other, i) => {
    const wording = { kind: 'wording' as const, strength: STRENGTH.wording * cosines[i]!, shared: [] }
    const mention = mentionOf(task, other)
    const reasons = [...reasonsFor(task, other, mention, evidence), wording]
      .filter(({ strength }) => strength >= LEAST_STRENGTH)
      .sort((a, b) => b.strength - a.strength)
    const doubt = reasons.reduce((left, { strength }) => left * (1 - strength), 1)
    const confidence = mention?.order === 'after' ? 0 : (1 - doubt) * TOGETHER
    return { task: other, place: i + 1, confidence, reasons }
  })
  return ranked
    .sort((a, b) => b.confidence - a.confidence || (a.task.key < b.task.key ? -1 : 1))
    .map(({ place, ...link }) => ({
      ...link,
      reasons: link.reasons.map((reason) =>
        reason.kind === 'wording' && link.confidence >= LEAST_CONFIDENCE
          ? { ...reason, shared: likeness.shared(0, place, others, MOST_SHARED) }
          : reason,
      ),
    }))
}

/** Below this a suggestion is wrong too often to be shown. */
export const LEAST_CONFIDENCE = 0.1

/** Those worth showing. */
export const suggestLinks = (...of: Parameters<typeof rankLinks>): LinkSuggestion[] =>
  rankLinks(...of).filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
