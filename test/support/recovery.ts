import { execFile } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ERRORS } from '../../src/error-table.ts'
import type { ErrorName } from '../../src/errors.ts'
import { PROGRAM } from './cli.ts'
import { temporaryDirectory } from './repository.ts'

/** A command that fails, in a situation that has been made for it. */
export interface Situation {
  readonly cwd: string
  /** What is typed, as a shell reads it, after `mhv`. */
  readonly command: string
  /** Typed before, in the same shell. */
  readonly before?: string
  /** Typed after the command, on its line, such as a redirection. */
  readonly after?: string
  readonly env?: Readonly<Record<string, string>>
  /** What a user puts where a step plainly asks for a text of theirs: the place, and the text. */
  readonly fill?: Readonly<Record<string, string>>
  /** Happens between the error and its steps: what the user has to do outside of the shell, and the message says. */
  readonly meanwhile?: () => unknown
}

interface Leading {
  /** Makes the situation for real. */
  readonly make: () => Situation | Promise<Situation>
  /** Exit codes of the steps in their order, where one of them ends with another than 0: a look at what is wrong. */
  readonly codes?: readonly number[]
}

/** How the steps of an error end. */
export type Scenario = Leading &
  (
    | { readonly leadsOut: 'retry' | 'step' }
    | {
        readonly leadsOut: 'shows'
        /** Why nothing but a look can help. */
        readonly because: string
        /** What the steps have to show. */
        readonly named: RegExp
      }
  )

export type Scenarios = Partial<Readonly<Record<ErrorName, readonly Scenario[]>>>

interface Session {
  readonly out: string
  readonly codes: readonly number[]
}

const run = promisify(execFile)

/** Types lines into one bash, the real program on its PATH, and tells the exit code of each. */
async function typed({ cwd, before, env }: Situation, lines: readonly string[]): Promise<Session> {
  const bin = temporaryDirectory()
  symlinkSync(PROGRAM, join(bin, 'mhv'))
  const codes = join(bin, 'codes')
  writeFileSync(codes, '')
  const script = [before ?? ':', ...lines.flatMap((line) => [line, `echo $? >> '${codes}'`])].join('\n')
  const { stdout } = await run('bash', ['-c', `exec 2>&1 < /dev/null\n${script}\nexit 0`], {
    cwd,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
    timeout: 50_000,
  })
  return { out: stdout, codes: readFileSync(codes, 'utf8').split('\n').filter(Boolean).map(Number) }
}

const filled = (step: string, fill: Readonly<Record<string, string>> = {}) =>
  Object.entries(fill).reduce((text, [from, to]) => text.replaceAll(from, to), step)

/** Runs the command, which has to fail with the error, then what its steps say. */
async function follow(name: ErrorName, scenario: Scenario): Promise<void> {
  const situation = await scenario.make()
  const { command, after = '' } = situation
  const answer = join(temporaryDirectory(), 'answer')
  const first = await typed(situation, [
    after ? `mhv ${command} ${after}` : `mhv --json ${command} > '${answer}'`,
  ])
  const { code, exit } = ERRORS[name]
  expect([first.codes, first.out]).toEqual([[exit], expect.any(String)])
  const recovery = after ? stepsIn(first.out, code, name) : stepsOf(readFileSync(answer, 'utf8'), code, name)
  await situation.meanwhile?.()
  const steps = recovery.map((step) => filled(step, situation.fill))
  expect(steps.join('\n')).not.toMatch(/…|\b(?:NAME|URL|FOLDER|NUMBER|DIRECTORY)\b/)
  expect(steps.length).toBeGreaterThan(0)
  const again = scenario.leadsOut === 'retry' ? [`mhv ${command}`] : []
  const { out, codes } = await typed(situation, [...steps, ...again])
  const expected = [...(scenario.codes ?? steps.map(() => 0)), ...again.map(() => 0)]
  expect({ steps, codes, out }).toEqual({ steps, codes: expected, out })
  if (scenario.leadsOut === 'shows') expect(out).toMatch(scenario.named)
}

function stepsOf(document: string, code: string, name: ErrorName): string[] {
  const { error } = JSON.parse(document)
  expect(error).toMatchObject({ code, name })
  return error.recovery
}

/** The steps as they are printed for people: for commands that have no JSON to put them in. */
function stepsIn(said: string, code: string, name: ErrorName): string[] {
  expect(said).toContain(`Error ${code} ${name}: `)
  return [...said.matchAll(/^ {4}(.*)$/gm)].map(([, step]) => step!)
}

/** A test for each scenario. */
export function testScenarios(scenarios: Scenarios): void {
  for (const [name, all] of Object.entries(scenarios) as [ErrorName, readonly Scenario[]][]) {
    for (const [i, scenario] of all.entries()) {
      test(`the steps of ${name} lead out${all.length > 1 ? ` (${i + 1})` : ''}`, () =>
        follow(name, scenario))
    }
  }
}
