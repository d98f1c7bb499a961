import type { FieldChange, HistoryEntry } from '../../tasks/history.ts'
import { colour } from '../output/colour.ts'
import { longTime } from '../output/long-date.ts'
import { isPlain } from '../output/output-mode.ts'
import { saidCells } from '../output/said-cells.ts'

const MOST = 100

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const isEmpty = (value: unknown) =>
  value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)

/** A value as one short line. */
export function cell(value: unknown): string {
  if (isEmpty(value)) return isPlain() ? 'nothing' : '–'
  const line = String(value).replace(/\s+/g, ' ')
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line
}

/**
 * Of a list what came and what went; of anything else what it was and what it is.
 * @param nameOf what people call a task by its id; any other text is given back as it is
 */
export function changeLine({ field, from, to }: FieldChange, nameOf: (id: string) => string): string {
  const named = (value: unknown) =>
    typeof value !== 'string' ? value : INSTANT.test(value) ? longTime(value) : nameOf(value)
  if (!Array.isArray(to))
    return isEmpty(from)
      ? `${field}: ${cell(named(to))}`
      : `${field}: ${cell(named(from))} ${isPlain() ? 'became' : '→'} ${cell(named(to))}`
  const before = (Array.isArray(from) ? from : []) as unknown[]
  const gone = before
    .filter((item) => !to.includes(item))
    .map((item) => `${isPlain() ? 'without' : '-'} ${cell(named(item))}`)
  const come = to
    .filter((item) => !before.includes(item))
    .map((item) => `${isPlain() ? 'with' : '+'} ${cell(named(item))}`)
  return `${field}: ${[...gone, ...come].join(isPlain() ? ', ' : '  ') || 'reordered'}`
}

interface ToldGate {
  readonly gate: string
  readonly outcome: string
  readonly exit_code?: number | null
  readonly seconds?: number
}

/** What events on gates say besides the outcomes: who let pass what and why, how the gates ended. */
function toldLines(data: HistoryEntry['data']): string[] {
  if (!data) return []
  const { reason, approver, expires, scope, commit } = data as Record<string, unknown>
  const of = (scope as { commit?: unknown } | undefined)?.commit ?? commit
  const fields = { reason, 'approved by': approver, expires, of }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${cell(value)}`] : []))
  const results = (data.results ?? (reason === undefined ? data.gates : undefined) ?? []) as ToldGate[]
  const ends = results.map(({ gate, outcome, exit_code: code, seconds }) => {
    const how = [code == null ? null : `exit code ${code}`, seconds === undefined ? null : `${seconds} s`]
    return [`${gate} ${outcome}`, ...how.filter((each) => each !== null)].join(', ')
  })
  return [...lines, ...ends].map((line) => `    ${line}`)
}

const saidLine = (name: string, fields: unknown): string[] => {
  const said = Object.entries((fields ?? {}) as Record<string, unknown>)
  const parts = said.map(
    ([field, value]) => `${field} ${cell(Array.isArray(value) ? value.join(', ') : value)}`,
  )
  return parts.length === 0 ? [] : [`${name}: ${parts.join('; ')}`]
}

/** The words that a task was asked for in, what they were taken for, and what somebody made of that. */
function requestLines({
  request,
  confidence,
  understood,
  corrected,
}: NonNullable<HistoryEntry['data']>): string[] {
  return [
    `words: “${cell(request)}”`,
    ...saidLine('understood', understood),
    ...saidLine('corrected', corrected),
    `confidence: ${confidence}`,
  ].map((line) => `    ${line}`)
}

/**
 * A task's history for people: a paragraph an event, a line a field.
 * @param nameOf what people call a task by its id; any other text is given back as it is
 */
export function renderHistory(
  history: { ref: string; title: string; events: readonly HistoryEntry[] },
  nameOf: (id: string) => string,
): string {
  const paragraphs = history.events.map((event) => {
    const lines = event.changes.map((change) => {
      const lost = event.lost.includes(change.field)
        ? colour.yellow(' (lost against a concurrent change)')
        : ''
      return `    ${changeLine(change, nameOf)}${lost}`
    })
    const aside = event.quarantined ? [`    ${colour.red(`does not count: ${event.quarantined}`)}`] : []
    return [
      isPlain()
        ? saidCells([
            ['at', longTime(event.at)],
            ['event', event.kind],
            ['by', event.by],
          ])
        : `${longTime(event.at)}  ${colour.bold(event.kind)}  ${event.by}`,
      ...lines,
      ...(event.data?.request === undefined ? toldLines(event.data) : requestLines(event.data)),
      ...aside,
    ].join('\n')
  })
  return [colour.bold(`${history.ref} ${history.title}`), ...paragraphs].join('\n')
}
