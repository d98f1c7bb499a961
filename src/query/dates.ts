const DAY = 86_400_000
const NAMED = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['yesterday', -1],
])

/** `YYYY-MM-DD`, shifted by days. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/**
 * The date that a word means: `today`, `tomorrow`, `yesterday`, `+3d`, `-2w`, or a date itself; null for anything else.
 * @param today the local date
 */
export function resolveDate(word: string, today: string): string | null {
  const named = NAMED.get(word.toLowerCase())
  if (named !== undefined) return shiftDate(today, named)
  const shift = /^([+-]\d{1,4})([dw])$/.exec(word)
  if (shift) return shiftDate(today, Number(shift[1]) * (shift[2] === 'w' ? 7 : 1))
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return null
  const at = Date.parse(`${word}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== word ? null : word
}
