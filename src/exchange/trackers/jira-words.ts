import { printable } from '../../printable.ts'
import type { Warning } from '../source-record.ts'
import { statusMeant, wordOf } from './status-words.ts'

const DONE = ['done', 'fixed', 'complete', 'completed', 'resolved', 'implemented', 'delivered']
const CATEGORIES: Readonly<Record<string, string>> = {
  done: 'closed',
  complete: 'closed',
  indeterminate: 'in_progress',
  in_progress: 'in_progress',
  new: 'pending',
  to_do: 'pending',
}

/**
 * Where an issue of Jira stands. Projects name their own statuses; the category that each belongs to says what it means.
 * What was resolved in another way than by doing it was cancelled.
 */
export function jiraStatus(
  {
    place,
    status,
    category,
    resolution,
  }: { place: string; status: string; category: string; resolution: string },
  warnings: Warning[],
): { status: string; reason: string | undefined; word: string | undefined } {
  const meant = statusMeant(status || 'open')
  const isKnown = meant.isExact
  const resolved = resolution !== '' && wordOf(resolution) !== 'unresolved'
  const found = isKnown
    ? meant.status
    : (CATEGORIES[wordOf(category)] ?? (resolved ? 'closed' : meant.status))
  if (!isKnown) {
    warnings.push({
      place,
      kind: 'status',
      message: `its status ${printable(status, 60)} is none of ours; metadata keeps it`,
    })
  }
  const isOver = found === 'closed' || found === 'cancelled'
  const isUndone = isOver && resolved && !DONE.includes(wordOf(resolution))
  return {
    status: isUndone ? 'cancelled' : found,
    reason: isUndone ? resolution : undefined,
    word: isKnown ? undefined : status,
  }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const two = (n: number | string) => String(n).padStart(2, '0')

/**
 * `22/Nov/26 7:20 AM`, as Jira’s tables have times unless an administrator chose otherwise, in ISO 8601 without a zone;
 * any other text as it is.
 */
export function jiraTime(text: string): string {
  const [, day, name, year, hour, minute, half] =
    /^(\d{1,2})[/ -]([a-z]{3})[a-z]*[/ -](\d{2}|\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?)?$/i.exec(
      text.trim(),
    ) ?? []
  const month = MONTHS.indexOf((name ?? '').toLowerCase()) + 1
  if (!day || month === 0) return text.trim()
  const date = `${year!.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`
  if (!hour) return date
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour)
  return `${date} ${two(hours)}:${minute}`
}

/** Points as a table has them, `5.0`, in our own terms. */
export const pointsOf = (text: string): string | undefined => {
  const points = Number(text)
  return text.trim() !== '' && points > 0 ? `${Math.round(points * 100) / 100}pt` : undefined
}
