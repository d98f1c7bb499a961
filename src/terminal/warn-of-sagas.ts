import { mayHaveSagas } from '../federation/saga-log.ts'
import type { Repository } from '../git/repository.ts'

const RESUME = 'mhv link --resume finishes it, or takes it back.'

/** Says in one line on standard error that changes of several repositories which began here were interrupted; else nothing. */
export async function warnOfSagas(repository: Repository): Promise<void> {
  if (!mayHaveSagas(repository)) return
  const { isHeld, unfinishedSagas } = await import('../federation/saga-log.ts')
  for (const { saga } of await unfinishedSagas(repository)) {
    if (isHeld(saga)) continue
    const names = [...new Set(saga.parts.map((part) => part.repository))].join(', ')
    process.stderr.write(`Note: a change of ${names} was interrupted. ${RESUME}\n`)
  }
}

/** Runs a change of several repositories; who stops it is told how it goes on. */
export async function toldWhenStopped<T>(work: () => Promise<T>): Promise<T> {
  const stop = (signal: NodeJS.Signals) => {
    process.stderr.write(`Interrupted in the middle of a change of several repositories. ${RESUME}\n`)
    end()
    process.kill(process.pid, signal)
  }
  const end = () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  try {
    return await work()
  } finally {
    end()
  }
}
