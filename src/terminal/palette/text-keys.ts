import { emitKeypressEvents, type Key } from 'node:readline'
import { PassThrough } from 'node:stream'
import { PASTE, setPasteMode } from './paste-mode.ts'

/** Names of keys that end a question, or move on in it. */
const ENDING = ['return', 'enter', 'tab']
const BLANK: Key = { name: 'space', sequence: ' ' }

/** Keys as they come from standard input, but for what is pasted: that is one line, in which other ends are blanks. */
export interface TextKeys {
  readonly input: NodeJS.ReadableStream
  /** Leaves standard input to whoever reads it next. */
  readonly leave: () => void
}

/**
 * Lets a question of one line take a paste of several: a line end that somebody copied along is no answer.
 * @param onEscape hears Esc, which the widgets of questions have no meaning for
 */
export function textKeys(onEscape: () => void): TextKeys {
  const { stdin } = process
  let isPasting = false
  // Nothing is ever read of it: what asks hears its keys.
  const input = new PassThrough()
  const hear = (text: string | undefined, key: Key) => {
    if (key.name === PASTE.start || key.name === PASTE.end) isPasting = key.name === PASTE.start
    else if (isPasting && ENDING.includes(key.name ?? '')) input.emit('keypress', ' ', BLANK)
    else if (!isPasting && key.name === 'escape') onEscape()
    else input.emit('keypress', text, key)
  }
  const end = () => void input.emit('end')
  const setRawMode = (isOn: boolean) => {
    stdin.setRawMode(isOn)
    setPasteMode(isOn)
  }
  emitKeypressEvents(stdin)
  stdin.on('keypress', hear)
  stdin.on('end', end)
  stdin.resume()
  return {
    input: Object.assign(input, { isTTY: true, setRawMode }),
    leave: () => {
      stdin.off('keypress', hear)
      stdin.off('end', end)
      stdin.pause()
    },
  }
}
