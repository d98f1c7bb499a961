import type { OnProgress } from '../store/rebuild.ts'
import { isWatched, statusLine } from './output/progress.ts'

/** Milliseconds after which something is said, and between two times that it is. */
const TICK = 1000

/** From so many on, what learns from every task takes about a second. */
const MANY = 10_000

/** Whether what looks at all tasks of several repositories takes long. */
export const isManyTasks = (
  views: readonly { readonly snapshot: { readonly slots: number } | null }[],
): boolean => views.reduce((sum, { snapshot }) => sum + (snapshot?.slots ?? 0), 0) >= MANY

export interface Wait {
  /** Whether it is known to take long without a pause in which anything could be said. */
  readonly isLong?: boolean
}

/**
 * Does what may have to wait for others, and says on a terminal meanwhile what it is and for how long it has been going on:
 * every second, from the first on. What comes of it is not touched.
 * @param work is handed what it may tell how far it is
 * Errors: those of the work.
 */
export async function watched<T>(
  title: string,
  work: (onProgress: OnProgress) => Promise<T>,
  { isLong = false }: Wait = {},
): Promise<T> {
  if (!isWatched()) return work(() => {})
  const status = statusLine()
  const began = Date.now()
  let far = ''
  const tick = () => status.show(`${title}${far}, ${Math.round((Date.now() - began) / 1000)} s …`)
  if (isLong) status.show(`${title} …`)
  const timer = setInterval(tick, TICK)
  timer.unref()
  try {
    return await work((done, total) => {
      far = total > 1 ? `: ${done} of ${total}` : ''
    })
  } finally {
    clearInterval(timer)
    status.end()
  }
}
