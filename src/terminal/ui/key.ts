import type { Key as InkKey } from 'ink'

/** A key that was pressed. */
export interface Key {
  /** What it is called in the table of keys: `j`, `G`, `space`, `up`, `return`, `ctrl+k`. */
  readonly name: string
  /** What it writes into a line of text; empty where it writes nothing. */
  readonly text: string
}

const NAMES: readonly (readonly [keyof InkKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['escape', 'escape'],
]

const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'return',
  '\n': 'return',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b': 'escape',
}

const named = (name: string): Key => ({ name, text: '' })

/** A single character, which is the key of it. */
export function keyOf(character: string): Key {
  const control = CONTROLS[character]
  if (control) return named(control)
  if (character < ' ') return named(`ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`)
  return { name: character === ' ' ? 'space' : character, text: character }
}

/** What Ink heard, as keys. What is typed fast, or pasted, arrives as one text: it is as many keys as characters. */
export function keysOf(input: string, key: InkKey): Key[] {
  const special = NAMES.find(([flag]) => key[flag])
  if (special) return [named(key.shift && special[1] === 'tab' ? 'shift+tab' : special[1])]
  if (key.ctrl && input.length === 1) return [named(`ctrl+${input}`)]
  if (key.meta) return input === '' ? [] : [named(`alt+${input}`)]
  return [...input].map(keyOf)
}
