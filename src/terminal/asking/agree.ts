import { createInterface } from 'node:readline'

/** Whether there is somebody who sees a question and can answer it. */
export const canAsk = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY)

export type Decision = 'yes' | 'no' | 'left'

/** Asks on standard error; anything but a yes is a no. The end of input and Ctrl-C leave the question. */
export function decide(question: string): Promise<Decision> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve) => {
    reader.on('close', () => resolve('left'))
    reader.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()) ? 'yes' : 'no')
      reader.close()
    })
  })
}

/** Asks where to leave the question is a no. */
export const agree = async (question: string): Promise<boolean> => (await decide(question)) === 'yes'
