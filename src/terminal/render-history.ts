import type { HistoryEntry } from '../tasks/history.ts'
import { colour } from './colour.ts'

const MOST = 100

function shownValue(value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line
}

/** A task's history for people: a paragraph an event, a line a field. */
export function renderHistory(history: {
  ref: string
  title: string
  events: readonly HistoryEntry[]
}): string {
  const paragraphs = history.events.map((event) => {
    const lines = event.changes.map(({ field, from, to }) => {
      const lost = event.lost.includes(field) ? colour.yellow(' (lost against a concurrent change)') : ''
      return `    ${field}: ${shownValue(from)} → ${shownValue(to)}${lost}`
    })
    const aside = event.quarantined ? [`    ${colour.red(`does not count: ${event.quarantined}`)}`] : []
    return [`${event.at}  ${colour.bold(event.kind)}  ${event.by}`, ...lines, ...aside].join('\n')
  })
  return [colour.bold(`${history.ref} ${history.title}`), ...paragraphs].join('\n')
}
