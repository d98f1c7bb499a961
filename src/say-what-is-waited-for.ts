/** As of what is done: those who listen are in another bundle than some of those who speak. */
const EVENT = 'mhv:waits'
const bus: NodeJS.EventEmitter = process

/** Milliseconds after which whoever looks on wonders what goes on. */
const SILENCE = 1500

/** Tells what is waited for from now on, a line at a time without its end; a second listener hears nothing. */
export function hearWhatIsWaitedFor(listener: (line: string) => void): void {
  if (bus.listenerCount(EVENT) === 0) bus.on(EVENT, listener)
}

/**
 * Says once what is waited for, when that takes a while.
 * @returns to be called each time that it is waited for
 */
export function saysIfItLasts(what: () => string): () => void {
  let began: number | null = null
  let isSaid = false
  return () => {
    began ??= Date.now()
    if (isSaid || Date.now() - began < SILENCE) return
    isSaid = true
    bus.emit(EVENT, what())
  }
}
