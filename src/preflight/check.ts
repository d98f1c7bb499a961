/** Something that has to be true before work is saved. */
export interface Check {
  /** What was looked at: `git`, `disk`, `gate test`. */
  readonly name: string
  /** `critical`: saving work would fail. */
  readonly state: 'ok' | 'warning' | 'critical'
  readonly message: string
  /** Commands that lead out. */
  readonly recovery: readonly string[]
}

export const ok = (name: string, message: string): Check => ({ name, state: 'ok', message, recovery: [] })
export const warning = (name: string, message: string, ...recovery: string[]): Check => ({
  name,
  state: 'warning',
  message,
  recovery,
})
export const critical = (name: string, message: string, ...recovery: string[]): Check => ({
  name,
  state: 'critical',
  message,
  recovery,
})
