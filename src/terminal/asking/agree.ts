import { createInterface } from 'node:readline'
import { printable } from '../../printable.ts'
import { wrapped } from '../output/wrapped.ts'

/** Whether there is somebody who sees a question and can answer it. */
export const canAsk = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY)

export type Decision = 'yes' | 'no' | 'left'

const ANSWERS: readonly (readonly [RegExp, Decision])[] = [
  [/^y(?:es)?$/i, 'yes'],
  [/^(?:no?)?$/i, 'no'],
]

/**
 * Asks on standard error; nothing is a no, and what is neither yes nor no is asked again, since it may have been meant for
 * another question. The end of input and Ctrl-C leave the question.
 */
export function decide(question: string): Promise<Decision> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const lines = wrapped(`${question} [y/N]`, '').split('\n')
  const last = `${lines.pop()} `
  return new Promise((resolve) => {
    reader.on('close', () => resolve('left'))
    reader.on('SIGCONT', () => reader.prompt(true))
    const ask = () => {
      for (const line of lines) process.stderr.write(`${line}\n`)
      reader.question(last, (answer) => {
        const said = answer.trim()
        const decision = ANSWERS.find(([words]) => words.test(said))?.[1]
        if (decision) {
          resolve(decision)
          reader.close()
          return
        }
        process.stderr.write(`“${printable(said, 40)}” is neither yes nor no; type y or n, as in: y\n`)
        ask()
      })
    }
    ask()
  })
}

/** Asks where to leave the question is a no. */
export const agree = async (question: string): Promise<boolean> => (await decide(question)) === 'yes'
