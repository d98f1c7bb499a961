import { LOADERS } from 'mhv:commands'
import { commandOf } from './short-forms.ts'

/** Words that help and the hooks' shims answer to. */
const OWN = ['help', 'hook']

/** Whether words after `mhv` name a command, or a topic alone. */
export function isCommand([first = '', second = '']: readonly string[]): boolean {
  const isKnown = (word: string) => Object.hasOwn(LOADERS, word) || commandOf.has(word)
  if (OWN.includes(first) || isKnown(first) || isKnown(`${first}:${second}`)) return true
  const isTopic = Object.keys(LOADERS).some((id) => id.startsWith(`${first}:`))
  return isTopic && !/^[a-z]/.test(second)
}
