const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs work that has to put things back when somebody stops the program: Ctrl-C and its like abort the signal that the
 * work gets, and end this process, as they would have, only when the work is over.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let received: NodeJS.Signals | null = null
  const abort = (signal: NodeJS.Signals) => {
    received ??= signal
    controller.abort()
  }
  for (const signal of SIGNALS) process.on(signal, abort)
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort)
    if (received) {
      process.kill(process.pid, received)
      // Nothing that follows may happen: what was to be done is not done.
      await new Promise(() => {})
    }
  }
}
