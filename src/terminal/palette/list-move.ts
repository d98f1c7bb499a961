/** Where somebody is in a list that narrows with what is typed. */
export interface ListState {
  readonly typed: string
  readonly active: number
  /** How far back in the history the line is; -1 where it was typed. */
  readonly back: number
}

/** Where nothing was typed yet. */
export const BEGINNING: ListState = { typed: '', active: 0, back: -1 }

export type ListKey = 'up' | 'down' | 'pageup' | 'pagedown'

/**
 * What a key that moves does: through the history while the line is empty or from there, else through the list.
 * @param length of the list
 * @param history lines that ↑ brings back, the newest first
 * @param page lines that are seen at once
 */
export function listMove(
  key: ListKey,
  state: ListState,
  length: number,
  history: readonly string[],
  page: number,
): ListState {
  const { active, back, typed } = state
  const at = (place: number) => ({ ...state, active: Math.max(0, Math.min(length - 1, place)) })
  const gone = (to: number) => ({ typed: history[to] ?? '', active: 0, back: to })
  switch (key) {
    case 'up': {
      const isWalking = active === 0 && (typed === '' || back >= 0)
      return isWalking ? (back + 1 < history.length ? gone(back + 1) : state) : at(active - 1)
    }
    case 'down':
      return back >= 0 && active === 0 ? gone(back - 1) : at(active + 1)
    case 'pagedown':
      return at(active + page)
    case 'pageup':
      return at(active - page)
  }
}
