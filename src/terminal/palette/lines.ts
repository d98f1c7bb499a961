import { createInterface } from 'node:readline'
import { BrokenOff } from '../asking/questions.ts'

/** Where questions and answers are lines, one after the other. */
export interface Lines {
  readonly say: (text: string) => void
  /**
   * A line that somebody types; null at the end of input.
   * Errors: BrokenOff for Ctrl-C.
   */
  readonly ask: (question: string) => Promise<string | null>
  /** Width of a line; as wide as one likes unless given. */
  readonly columns?: number
}

/** Lines that follow within so many milliseconds were pasted: nobody types as fast. */
const PASTE_WAIT = 40

/** The terminal edits the line, as in any program that only prints: readline's own way moves the cursor. */
function ask(question: string): Promise<string | null> {
  const { stdin, stderr } = process
  if (stdin.readableEnded) return Promise.resolve(null)
  stderr.write(question)
  const reader = createInterface({ input: stdin, terminal: false })
  return new Promise((resolve, reject) => {
    const lines: string[] = []
    let timer: NodeJS.Timeout | undefined
    const leave = () => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted)
      reader.off('close', end)
      reader.close()
    }
    const end = () => {
      leave()
      if (lines.length === 0) stderr.write('\n')
      resolve(lines.length === 0 ? null : lines.join(' ').trim())
    }
    const interrupted = () => {
      leave()
      stderr.write('\n')
      reject(new BrokenOff('Ctrl-C.'))
    }
    reader.on('line', (line) => {
      lines.push(line)
      clearTimeout(timer)
      timer = setTimeout(end, PASTE_WAIT)
    })
    reader.on('close', end)
    process.on('SIGINT', interrupted)
  })
}

/** Questions and answers on the terminal: what is asked goes where errors go. */
export const terminalLines: Lines = {
  say: (text) => void process.stderr.write(`${text}\n`),
  ask,
  get columns() {
    return process.stderr.columns || 80
  },
}
