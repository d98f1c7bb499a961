/** What a word for a status means here. */
export interface StatusWord {
  readonly status: string
  readonly label?: string
  readonly reason?: string
}

const OPEN = { status: 'pending' }
const STARTED = { status: 'in_progress' }
const CLOSED = { status: 'closed' }
const DROPPED = { status: 'cancelled' }

/** Words that mean the same in every tracker. */
const EXACT: Readonly<Record<string, StatusWord>> = {
  open: OPEN,
  opened: OPEN,
  reopened: OPEN,
  pending: OPEN,
  new: OPEN,
  todo: OPEN,
  to_do: OPEN,
  backlog: OPEN,
  selected_for_development: OPEN,
  in_progress: STARTED,
  doing: STARTED,
  started: STARTED,
  done: CLOSED,
  closed: CLOSED,
  resolved: CLOSED,
  completed: CLOSED,
  complete: CLOSED,
  finished: CLOSED,
  cancelled: DROPPED,
  canceled: DROPPED,
  blocked: { status: 'blocked' },
  draft: { status: 'draft' },
  deferred: { ...OPEN, label: 'deferred' },
  waiting: { ...OPEN, label: 'waiting' },
}

/** Words for steps that are none of ours, by what such a task is nearest to. */
const NEAR: readonly (readonly [RegExp, StatusWord])[] = [
  [/(?:^|_)(?:wont|won't|rejected|declined|abandoned|obsolete|invalid|duplicate)/, DROPPED],
  [/(?:^|_)(?:review|reviewing|testing|test|qa|verify|verifying|verification|merging|hooked|development)(?:_|$)/, STARTED],
  [/(?:^|_)(?:on_hold|hold|impeded|stuck)(?:_|$)/, { status: 'blocked' }],
] // biome-ignore format: a list

export const wordOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/**
 * What a tracker's word for a status is here, and whether that is what it says: of another word metadata keeps what it
 * was.
 */
export function statusMeant(word: string): StatusWord & { readonly isExact: boolean } {
  const key = wordOf(word)
  const exact = Object.hasOwn(EXACT, key) ? EXACT[key] : undefined
  if (exact) return { ...exact, isExact: true }
  const near = NEAR.find(([pattern]) => pattern.test(key))?.[1]
  return { ...(near ?? OPEN), isExact: false }
}

/** Types of other trackers that are ours by another name; any other is kept as it is. */
const TYPES: Readonly<Record<string, string>> = {
  issue: 'task',
  sub_task: 'task',
  subtask: 'task',
  new_feature: 'feature',
  improvement: 'enhancement',
  defect: 'bug',
  feat: 'feature',
  fix: 'bug',
  documentation: 'docs',
}
export const typeMeant = (word: string): string => {
  const key = wordOf(word)
  return Object.hasOwn(TYPES, key) ? TYPES[key]! : word.trim().toLowerCase()
}

const PRIORITIES: Readonly<Record<string, string>> = {
  blocker: 'critical',
  highest: 'critical',
  critical: 'critical',
  urgent: 'critical',
  major: 'high',
  high: 'high',
  h: 'high',
  medium: 'medium',
  normal: 'medium',
  m: 'medium',
  minor: 'low',
  low: 'low',
  l: 'low',
  lowest: 'low',
  trivial: 'low',
}
/** The priority that a word says, or null. */
export const priorityMeant = (word: string): string | null => {
  const key = wordOf(word)
  if (/^p[0-4]$/.test(key)) return key
  return Object.hasOwn(PRIORITIES, key) ? PRIORITIES[key]! : null
}

const LABEL_TYPES = ['bug', 'fix', 'feature', 'feat', 'enhancement', 'documentation', 'docs', 'question', 'security', 'performance', 'refactor', 'chore', 'test', 'epic'] // biome-ignore format: a list

/** Trackers without a field for it say by labels what kind of task one is: `bug`, `type::bug`, `kind/bug`. */
export function typeByLabels(labels: readonly string[]): string | null {
  for (const label of labels) {
    const word = label
      .trim()
      .toLowerCase()
      .replace(/^(?:type|kind)\s*(?:::?|\/|-)\s*/, '')
    if (LABEL_TYPES.includes(word)) return typeMeant(word)
  }
  return null
}

/** The priority that labels say: `P1`, `priority: high`, `priority::2`; a bare `high` may mean anything. */
export function priorityByLabels(labels: readonly string[]): string | null {
  for (const label of labels) {
    const [, prefix, word] = /^(?:(prio(?:rity)?)\s*(?:::?|\/|-|\s)\s*)?(\S+)$/i.exec(label.trim()) ?? []
    if (!word) continue
    if (/^p[0-4]$/i.test(word)) return word.toLowerCase()
    if (prefix && /^[0-4]$/.test(word)) return `p${word}`
    const meant = prefix ? priorityMeant(word) : null
    if (meant) return meant
  }
  return null
}
