/** What may stand between the scheme and the host of a URL, and lets somebody in. */
const PASSWORD = /(:\/\/)[^/@\s']*@/g
/** Settings and headers that carry a secret, with their values. */
const SECRET = /((?:authorization|password|token|secret|extraheader)[^=:\s]*\s*[=:]\s*)\S.*/gi
const MOST = 300
/** Line ends among them: each thing that is done has one line. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** Those who listen are in another bundle than some of those who speak: the process is what all of them share. */
const EVENT = 'mhv:done'
const bus: NodeJS.EventEmitter = process

/** Whether somebody wants to know what is done. */
const isHeard = () => bus.listenerCount(EVENT) > 0

/** Tells what is done from now on, a line at a time without its end; a second listener hears nothing. */
export function hearWhatIsDone(listener: (line: string) => void): void {
  if (!isHeard()) bus.on(EVENT, listener)
}

/** A text as it may be told: one line, without secrets. */
export const withoutSecretsIn = (text: string): string =>
  text.replace(HIDDEN, ' ').replace(PASSWORD, '$1').replace(SECRET, '$1***').slice(0, MOST)

/**
 * Says what is done to whoever listens; at any other time it costs next to nothing.
 * @param what one thing, such as `git fetch origin`
 */
export function sayWhatIsDone(what: () => string): void {
  if (isHeard()) bus.emit(EVENT, withoutSecretsIn(what()))
}

/** Says how long something took when it is over, in the same manner. @returns to be called then */
export function timed(what: () => string): (how?: string) => void {
  if (!isHeard()) return () => {}
  const began = performance.now()
  return (how = '') => {
    const took = (performance.now() - began).toFixed(0)
    sayWhatIsDone(() => `${what()}: ${took} ms${how ? `, ${how}` : ''}`)
  }
}
