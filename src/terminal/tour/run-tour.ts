import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findRepository } from '../../git/repository.ts'
import { git } from '../../git/run.ts'
import { openGitStore } from '../../store/git-store.ts'
import { inForeground } from '../asking/foreground.ts'
import { colour } from '../output/colour.ts'
import { wrapped } from '../output/wrapped.ts'
import { makeSandbox, type Sandbox } from './sandbox.ts'
import { type Progress, STEPS, type TourStep } from './steps.ts'

export type StepEnd = 'done' | 'skipped' | 'left'

/** How a step of the tutorial ended. */
export interface StepResult {
  readonly step: string
  readonly end: StepEnd
}

/** A garden that keeps tasks, with one gate. */
const BEGINNING = `
git init -q . && printf 'tomatoes: dry\\n' > garden.txt
printf 'gates: [{name: no-plant-is-dry, command: "! grep -q dry garden.txt", when: [done]}]\\n' > .mhvrc.yaml
git add --all && git commit -q -m 'A garden' && mhv init --no-hooks > /dev/null`

/** The tutorial's shell: where it is, and what it ran last. */
interface Shell {
  cwd: string
  line: string
}

/** Runs a line in the sandbox's shell, and goes where it went. Returns the exit status. */
function runLine({ directory, env, goTo }: Sandbox, shell: Shell, line: string): number {
  const went = join(directory, 'went')
  const ended = inForeground('eval "$1"; tour_status=$?; pwd > "$2"; exit "$tour_status"', [line, went], {
    cwd: shell.cwd,
    env,
  })
  for (const file of [went, goTo]) {
    const next = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
    if (next !== '' && existsSync(next)) shell.cwd = next
    rmSync(file, { force: true })
  }
  shell.line = line
  return ended.status ?? 1
}

async function lookAt({ garden }: Sandbox, shell: Shell): Promise<Progress> {
  const repository = await findRepository(garden)
  const view = await openGitStore(repository).view()
  const ahead = await git(['rev-list', '--count', '--branches', '--not', 'main'], repository.git)
  return {
    statuses: Array.from({ length: view.slots }, (_, slot) => view.status(slot)),
    line: shell.line,
    hasCommit: ahead !== '0',
  }
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

const say = (text: string) => void process.stderr.write(`${text}\n`)
const tell = (text: string) => say(wrapped(text, ''))

/** One step, until it is done, skipped or left. */
async function runStep(
  sandbox: Sandbox,
  shell: Shell,
  step: TourStep,
  title: string,
  asks: boolean,
): Promise<StepEnd> {
  say(`\n${colour.bold(title)}`)
  tell(step.says)
  say(`\n    ${step.example}\n`)
  for (;;) {
    const line = asks ? await askLine(step.example) : step.example
    if (line === null || /^(?:quit|exit)$/.test(line)) return 'left'
    if (line === 'skip') return 'skipped'
    if (line === step.example) say(`$ ${line}`)
    const status = runLine(sandbox, shell, line)
    if (step.isDone(await lookAt(sandbox, shell))) return 'done'
    tell(
      status === 0
        ? step.hint
        : 'That did not work; the steps above lead on. Enter alone runs the line above.',
    )
    if (!asks) return 'left'
  }
}

/**
 * Teaches create, start, done and undo in a repository that is made for it and removed afterwards, also when the
 * program is ended.
 * @param asks whether lines are typed by a person; else the example of each step is run
 */
export async function runTour(asks: boolean): Promise<readonly StepResult[]> {
  const sandbox = makeSandbox()
  process.on('exit', sandbox.remove)
  // Ctrl-C is read at the prompt, and is a command's own while one runs.
  const ended = (signal: keyof typeof ENDINGS) => process.exit(128 + ENDINGS[signal])
  for (const signal of SIGNALS) process.on(signal, ended)
  const shell: Shell = { cwd: sandbox.garden, line: '' }
  const results: StepResult[] = []
  try {
    if (runLine(sandbox, shell, BEGINNING) !== 0) throw new Error('The garden could not be made.')
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
      if (end === 'skipped') runLine(sandbox, shell, `{ ${step.example}; } > /dev/null 2>&1`)
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, ended)
    process.off('exit', sandbox.remove)
    sandbox.remove()
  }
  return results
}
