import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { git } from '../../git/run.ts'
import { colour } from '../output/colour.ts'
import { wrapped } from '../output/wrapped.ts'
import { isInside, lookAt, type Progress, plant, runLine, runUnseen, type Shell } from './garden.ts'
import { makeSandbox, type Sandbox } from './sandbox.ts'
import { STEPS, type TourStep } from './steps.ts'

export type StepEnd = 'done' | 'skipped' | 'left'

/** How a step of the tutorial ended. */
export interface StepResult {
  readonly step: string
  readonly end: StepEnd
}

/** What is typed at the tutorial's prompt; null at the end of input and for Ctrl-C. */
function askLine(example: string): Promise<string | null> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise((resolve) => {
    const leave = () => {
      process.stderr.write('\n')
      resolve(null)
    }
    reader.on('close', leave)
    reader.on('SIGCONT', () => reader.prompt(true))
    reader.question('tour$ ', (answer) => {
      reader.off('close', leave)
      reader.close()
      resolve(answer.trim() || example)
    })
  })
}

/** Signals that end the tour from outside, with their numbers. */
const ENDINGS = { SIGTERM: 15, SIGHUP: 1 } as const
const SIGNALS = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]

const LEAVING = /^(?:quit|exit)$/

type Say = (text: string) => void

/**
 * Sees to it that a step has what it needs, and that the shell is where its lines are run, whatever lines of one's own have
 * done: where going on is impossible, the garden is made anew, which a person agrees to first.
 * @returns false where the person rather leaves
 */
async function bringTo(
  sandbox: Sandbox,
  shell: Shell,
  step: TourStep,
  { tell, asks }: { readonly tell: Say; readonly asks: boolean },
): Promise<boolean> {
  const isReady = (progress: Progress | null) => progress !== null && step.isReady(progress)
  let progress = await lookAt(sandbox, shell)
  if (!isReady(progress)) {
    tell(
      `This step needs ${step.needs}. Enter makes the garden anew, with that in it; what you made there is gone then. quit: end.`,
    )
    const answer = asks ? await askLine('') : ''
    if (answer === null || LEAVING.test(answer)) return false
    plant(
      sandbox,
      shell,
      STEPS.slice(0, STEPS.indexOf(step)).map(({ example }) => example),
    )
    progress = await lookAt(sandbox, shell)
    tell('The garden is made anew.')
  }
  const place = (step.place === 'worktree' && progress?.started?.worktree) || sandbox.garden
  if (existsSync(shell.cwd) && isInside(shell.cwd, place)) return true
  shell.cwd = place
  tell(`You are back in ${place}.`)
  return true
}

/** One step, until it is done, skipped or left. */
async function runStep(
  sandbox: Sandbox,
  shell: Shell,
  step: TourStep,
  title: string,
  asks: boolean,
): Promise<StepEnd> {
  const say: Say = (text) => void process[shell.output].write(`${text}\n`)
  const tell: Say = (text) => say(wrapped(text, ''))
  say(`\n${colour.bold(title)}`)
  if (!(await bringTo(sandbox, shell, step, { tell, asks }))) return 'left'
  tell(step.says)
  say(`\n    ${step.example}\n`)
  for (;;) {
    const line = asks ? await askLine(step.example) : step.example
    if (line === null || LEAVING.test(line)) return 'left'
    if (line === 'skip') return 'skipped'
    if (line === step.example) say(`$ ${line}`)
    const status = runLine(sandbox, shell, line)
    const progress = await lookAt(sandbox, shell)
    if (progress && step.isDone(progress)) return 'done'
    if (!asks) {
      tell('The line did not do what the step is for, so that the tour ends here.')
      return 'left'
    }
    // What a line has made impossible is no step that is still to be done.
    if (status === 0 && progress && step.isReady(progress)) tell(step.hint)
    else if (status !== 0)
      tell('That did not work; the steps above lead on. Enter alone runs the line above.')
    if (!(await bringTo(sandbox, shell, step, { tell, asks }))) return 'left'
  }
}

/**
 * Teaches create, start, done and undo in a repository that is made for it and removed afterwards, also when the
 * program is ended.
 * @param asks whether lines are typed by a person; else the example of each step is run
 * Errors: GIT_MISSING, STATE_UNWRITABLE.
 */
export async function runTour(asks: boolean): Promise<readonly StepResult[]> {
  const sandbox = makeSandbox()
  process.on('exit', sandbox.remove)
  // Ctrl-C is read at the prompt, and is a command's own while one runs.
  const ended = (signal: keyof typeof ENDINGS) => process.exit(128 + ENDINGS[signal])
  for (const signal of SIGNALS) process.on(signal, ended)
  // Prompts are on standard error; a tour that runs by itself is a transcript.
  const shell: Shell = { cwd: sandbox.garden, line: '', output: asks ? 'stderr' : 'stdout' }
  const tell: Say = (text) => void process[shell.output].write(`${wrapped(text, '')}\n`)
  const results: StepResult[] = []
  // Who looks at the garden from here is led by nothing of the user's either: not to GIT_DIR, nor to their configuration.
  const environment = process.env
  process.env = sandbox.env
  try {
    await git(['--version'], { cwd: sandbox.directory })
    plant(sandbox, shell, [])
    tell('A garden of your own to try things in, with nothing of yours in it. It is removed at the end.')
    if (asks)
      tell(
        'Type the line that is shown or one of your own; Enter alone runs the one shown. skip: next step; quit: end.',
      )
    for (const [i, step] of STEPS.entries()) {
      const end = await runStep(sandbox, shell, step, `${i + 1} of ${STEPS.length}: ${step.name}`, asks)
      results.push({ step: step.name, end })
      if (end === 'left') break
      // A step that is skipped is done unseen, so that those after it have what they need.
      if (end === 'skipped') runUnseen(sandbox, shell, step.example)
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, ended)
    process.off('exit', sandbox.remove)
    process.env = environment
    sandbox.remove()
  }
  return results
}
