import { createInterface } from 'node:readline'
import { isLineByLine } from '../output/output-mode.ts'

export interface Choice<T> {
  readonly value: T
  readonly name: string
}

export interface TextQuestion {
  readonly message: string
  /** What it is when nothing else is said. */
  readonly current: string
  /** What is wrong with an answer, or true. */
  readonly judge: (answer: string) => string | true | Promise<string | true>
}

/** What asks. Either form answers with an error named ExitPromptError where somebody breaks off. */
export interface Asker {
  choose<T>(message: string, choices: readonly Choice<T>[]): Promise<T>
  text(question: TextQuestion): Promise<string>
}

/** Ctrl-C or the end of input: nobody answers. Named as the library names its own. */
export class BrokenOff extends Error {
  override readonly name = 'ExitPromptError'
}

/** Whether an error says that somebody broke off. */
export const isBrokenOff = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ExitPromptError'

/** Asks for a line on standard error. Errors: BrokenOff. */
function askLine(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BrokenOff('Nobody answers.'))
    reader.on('close', leave)
    reader.on('SIGCONT', () => reader.prompt(true))
    reader.question(question, (answer) => {
      reader.off('close', leave)
      reader.close()
      resolve(answer.trim())
    })
  })
}

/** Questions and answers as lines, one after the other, each choice with its number: nothing moves on the screen. */
const inLines: Asker = {
  async choose(message, choices) {
    const lines = choices.map(({ name }, i) => `  ${i + 1}) ${name}\n`).join('')
    process.stderr.write(`${message}\n${lines}`)
    for (;;) {
      const answer = await askLine(`Choose 1 to ${choices.length}: `)
      const named = choices.find(({ name }) => name.toLowerCase() === answer.toLowerCase())
      const chosen = /^\d+$/.test(answer) ? choices[Number(answer) - 1] : named
      if (chosen) return chosen.value
      process.stderr.write(`“${answer}” is none of them.\n`)
    }
  },
  async text({ message, current, judge }) {
    for (;;) {
      const said = current === '' ? '' : ` [${current}]`
      const answer = (await askLine(`${message}${said}: `)) || current
      const verdict = await judge(answer)
      if (verdict === true) return answer
      process.stderr.write(`${verdict}\n`)
    }
  },
}

/** Questions go where errors go: standard output has the answer only. */
const TO_STDERR = { output: process.stderr }

async function withCursor(): Promise<Asker> {
  const prompts = await import('@inquirer/prompts')
  return {
    choose: (message, choices) => prompts.select({ message, choices: [...choices] }, TO_STDERR),
    text: ({ message, current, judge }) =>
      prompts.input({ message, default: current, prefill: 'editable', validate: judge }, TO_STDERR),
  }
}

/** What asks, in the form that the terminal and who sits at it can follow. Only where `canAsk`. */
export const asker = async (): Promise<Asker> => (isLineByLine() ? inLines : withCursor())
