import { createInterface } from 'node:readline'
import { isLineByLine } from '../output/output-mode.ts'

const ABORTED = ['\u0003', '\u0004', '\u001b']

/**
 * Asks on standard error and waits for one key; no Enter is needed, but in plain output, where a line is asked for. Only
 * where `canAsk`.
 * @param keys in lower case; what else is pressed is not heard
 * @returns the key; null for Ctrl-C, Ctrl-D, Escape and the end of input
 */
export function readKey(question: string, keys: readonly string[]): Promise<string | null> {
  if (isLineByLine()) return readLetter(question, keys)
  const { stdin } = process
  // Before the question: what is pressed at once would be echoed, and wait for Enter.
  stdin.setRawMode(true)
  process.stderr.write(question)
  stdin.resume()
  return new Promise((resolve) => {
    const end = (key: string | null) => {
      stdin.off('data', hear)
      stdin.off('end', ended)
      stdin.setRawMode(false)
      stdin.pause()
      process.stderr.write(`${key ?? ''}\n`)
      resolve(key)
    }
    const hear = (bytes: Buffer) => {
      const pressed = bytes.toString('utf8').toLowerCase()
      if (ABORTED.includes(pressed)) return end(null)
      // Keys that are typed ahead arrive together.
      const known = [...pressed].find((key) => keys.includes(key))
      if (known !== undefined) end(known)
    }
    const ended = () => end(null)
    stdin.on('data', hear)
    stdin.on('end', ended)
  })
}

/** The same as a line, of which the first letter counts; another one is asked again. */
function readLetter(question: string, keys: readonly string[]): Promise<string | null> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve) => {
    reader.on('close', () => resolve(null))
    reader.on('SIGCONT', () => reader.prompt(true))
    const ask = () =>
      reader.question(question, (answer) => {
        const letter = answer.trim().slice(0, 1).toLowerCase()
        if (!keys.includes(letter)) return ask()
        resolve(letter)
        reader.close()
      })
    ask()
  })
}
