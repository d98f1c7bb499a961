const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs work that has to put things back when somebody stops the program: Ctrl-C and its like abort the signal that the
 * work gets, and end this process, as they would have, only when the work is over; where others wait for the same, as a
 * caller does whose work this is a part of, they are the ones to end it.
 * @param more aborts the work's signal too, and ends nothing else
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  more?: AbortSignal,
): Promise<T> {
  const controller = new AbortController()
  let received: NodeJS.Signals | null = null
  const abort = (signal: NodeJS.Signals) => {
    received ??= signal
    controller.abort()
  }
  for (const signal of SIGNALS) process.on(signal, abort)
  try {
    return await work(more ? AbortSignal.any([more, controller.signal]) : controller.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort)
    if (received && process.listenerCount(received) === 0) {
      process.kill(process.pid, received)
      // Nothing that follows may happen: what was to be done is not done.
      await new Promise(() => {})
    }
  }
}
