import { createInterface } from 'node:readline'

/** Whether there is somebody who sees a question and can answer it. */
export const canAsk = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY)

/** Asks on standard error; anything but a yes is a no, the end of input and Ctrl-C too. */
export function agree(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve) => {
    reader.on('close', () => resolve(false))
    reader.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()))
      reader.close()
    })
  })
}
