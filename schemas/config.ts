import * as z from 'zod'
import { NEXT_WEIGHTS } from './next-weights.ts'
import { line } from './task.ts'
import { aliases, ui } from './terminal-config.ts'
import { MOMENTS } from './vocabulary.ts'
import { branchTemplate, pathTemplate } from './worktree-templates.ts'

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

const NO_SPAN = 'is not a span of time with its unit (30s, 10m, 2h, 7d)'
const millisecondsOf = (text: string) => {
  const [, amount = '0', unit = 's'] = /^(\d+)(\D+)$/.exec(text) ?? []
  return Number(amount) * UNITS[unit as keyof typeof UNITS]
}
/** A span of time with its unit, `90s`, as milliseconds. */
export const duration = z
  .string(NO_SPAN)
  .regex(/^\d{1,6}(?:ms|s|m|h|d)$/, NO_SPAN)
  .transform(millisecondsOf)
/** One in which something can happen. */
const someTime = z
  .string(NO_SPAN)
  .regex(/^(?!0+\D)\d{1,6}(?:ms|s|m|h|d)$/, {
    error: ({ input }) => (/^0+(?:ms|s|m|h|d)$/.test(String(input)) ? 'is no time at all' : NO_SPAN),
  })
  .transform(millisecondsOf)

const SIZES = { B: 1, KB: 1000, MB: 1e6, GB: 1e9, TB: 1e12 } as const
const NO_SIZE = 'is not a size with its unit (500MB, 1GB)'
/** An amount of storage with its unit, `1GB`, as bytes. */
export const size = z
  .string(NO_SIZE)
  .regex(/^\d{1,6}(?:\.\d{1,3})?(?:B|KB|MB|GB|TB)$/, NO_SIZE)
  .transform((text) => {
    const [, amount = '0', unit = 'B'] = /^([\d.]+)(\D+)$/.exec(text) ?? []
    return Number(amount) * SIZES[unit as keyof typeof SIZES]
  })

/** A path below the directory that it is about: relative, with slashes, never leading out. */
const inside = line(1000).regex(
  /^(?![/\\~]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$))/,
  'is not a path inside the repository',
)
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable')
const command = z
  .string()
  .min(1, 'is empty')
  .max(4000, 'is longer than 4000 characters')
  .refine((text) => !text.includes('\0'), 'has a NUL character')
  .meta({ examples: ['npm test'] })

export const gateName = z
  .string()
  .max(60, 'is longer than 60 characters')
  // Without flags, which a JSON Schema does not have.
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'is not a name of letters, digits, and . _ : - inside')
  .meta({ examples: ['lint'] })

/** Runs a command, which passes when it ends with 0, reads a report of coverage, or does both, one after the other. */
export const gate = z
  .strictObject({
    name: gateName.describe('what people call it'),
    command: command
      .optional()
      .describe('what a POSIX shell runs; {files} stands for the changed files that match'),
    coverage: z
      .strictObject({
        file: inside.meta({
          description: 'a report of line coverage, LCOV or Cobertura',
          examples: ['coverage/lcov.info'],
        }),
        threshold: z
          .number()
          .min(0)
          .max(100)
          .default(80)
          .describe('least share of lines covered, in percent'),
      })
      .optional()
      .describe('report that is read, after the command if there is one'),
    when: z
      .array(z.enum(MOMENTS))
      .min(1, 'is empty')
      .default(['done', 'pre-push', 'ci'])
      .describe('moments at which it runs'),
    files: z
      .array(line(500))
      .default([])
      .describe(
        'globs from the top of the repository: it runs only where a changed file matches; ! in front excludes',
      ),
    timeout: someTime.prefault('10m').describe('longest that it may take'),
    env: z
      .record(variable, z.string().describe('what that variable says'))
      .default({})
      .describe('variables added to its environment'),
    cwd: inside.default('.').describe('where it runs, from the top of the worktree'),
    required: z
      .boolean()
      .default(true)
      .describe('whether its failure stops what it gates; else it is advice'),
    inputs: z
      .strictObject({
        files: z
          .array(
            inside.refine(
              (path) => !path.includes('*'),
              'is a glob: a directory stands for all files below it',
            ),
          )
          .default([])
          .describe('files that git ignores, or directories with all below them'),
        env: z.array(variable).default([]).describe('variables of the environment'),
        history: z
          .boolean()
          .optional()
          .describe('whether it reads commits too: then a pass is one of the commit, not of its files'),
      })
      .prefault({})
      .describe('what its result rests on besides the files that git tracks'),
  })
  .refine(
    ({ command, coverage }) => command !== undefined || coverage !== undefined,
    'has neither a command nor a coverage report',
  )
  .meta({ anyOf: [{ required: ['command'] }, { required: ['coverage'] }] })

const weight = z.number().min(0).max(1000)

const unique = (names: readonly string[]) => new Set(names).size === names.length

/** `.mhvrc.yaml` and its like, whole. Every key may be left out. */
export const config = z.strictObject({
  $schema: z.string().optional().describe('for editors; not read'),
  gates: z
    .array(gate)
    .refine((gates) => unique(gates.map(({ name }) => name)), 'has two gates of one name')
    .default([])
    .describe('quality gates: what has to pass before work counts as done or is pushed'),
  gating: z
    .strictObject({
      jobs: z.int().min(1).max(64).default(4).describe('most gates at once'),
      cache: z
        .enum(['own', 'all', 'off'])
        .default('own')
        .describe('whose recorded passes count: this identity’s own, those of all, or none'),
      on_override: command
        .optional()
        .describe(
          'command told of every override; it finds the particulars in MHV_* variables and as JSON on standard input',
        ),
    })
    .prefault({})
    .describe('how gates run, and what their passes are worth'),
  hooks: z
    .strictObject({
      trailer: z
        .boolean()
        .default(true)
        .describe('whether commit-msg adds the trailer Task: #N on a task’s branch'),
      cleanup: z
        .boolean()
        .default(true)
        .describe('whether hooks take away worktrees of finished tasks whose work is safe'),
    })
    .prefault({})
    .describe('what git hooks do'),
  worktrees: z
    .strictObject({
      path: pathTemplate
        .default('../{repo}.worktrees/{number}-{slug}')
        .describe(
          'where they go, relative to the main worktree, or to the home directory after ~/; {repo}, {number}, {slug}, {branch}, {type}, {user}',
        ),
      branch: branchTemplate
        .default('task/{number}')
        .describe(
          'what their branches are called: {number}, {slug}, {type}, {user}; of a name that is taken -{number}-{slug} follows it',
        ),
      base: line(200).optional().describe('what a new branch begins at; HEAD unless given'),
      track: z
        .boolean()
        .default(false)
        .describe('whether a new branch follows the base where that is a branch of a remote'),
      submodules: z.boolean().default(false).describe('whether submodules are checked out too'),
      include: inside
        .default('.worktreeinclude')
        .describe('file that lists, as .gitignore does, ignored files to copy from the main worktree'),
      setup: z.array(command).default([]).describe('commands that run once in a new worktree'),
      ports: z
        .strictObject({
          first: z.int().min(1024).max(65535).default(20_000).describe('the lowest of them'),
          count: z.int().min(1).max(60_000).default(10_000).describe('how many there are'),
        })
        .prefault({})
        .describe('port numbers, one for each worktree'),
      remove: z
        .enum(['merged', 'pushed', 'never'])
        .default('merged')
        .describe(
          'what makes the work of a finished task safe: merged, or at least pushed; never leaves its worktree',
        ),
      trash: duration.prefault('30d').describe('how long a removed worktree can be brought back'),
      orphan: duration
        .prefault('7d')
        .describe('age at which one that has lost its task, branch or directory is proposed for removal'),
    })
    .prefault({})
    .describe('where work on a task is checked out, how it is made ready, and when it goes'),
  sync: z
    .strictObject({
      push: z
        .boolean()
        .default(false)
        .describe('whether git push sends the tasks along, to the remote that the code goes to'),
    })
    .prefault({})
    .describe('how tasks travel'),
  search: z
    .strictObject({
      model: line(500)
        .optional()
        .describe(
          'sentence model for searching by meaning, one that mhv model setup was run for: a name at its host, or a folder (absolute, from ~/, or from the top of the repository with ./); the one set up last unless given',
        )
        .meta({ examples: ['Xenova/all-MiniLM-L6-v2'] }),
    })
    .prefault({})
    .describe('how tasks are searched'),
  next: z
    .strictObject({
      in_progress: weight.default(NEXT_WEIGHTS.in_progress).describe('that it is in progress already'),
      deadline: weight.default(NEXT_WEIGHTS.deadline).describe('that its deadline is near'),
      priority: weight.default(NEXT_WEIGHTS.priority).describe('that its priority is high'),
      unblocks: weight.default(NEXT_WEIGHTS.unblocks).describe('that others wait for it'),
      critical_path: weight
        .default(NEXT_WEIGHTS.critical_path)
        .describe('that the longest chain of work goes through it'),
    })
    .prefault({})
    .describe('how much each reason counts when mhv next ranks tasks, 0 for not at all'),
  preflight: z
    .strictObject({
      disk: size.prefault('1GB').describe('least free space'),
    })
    .prefault({})
    .describe('what mhv preflight asks for'),
  ui: ui.prefault({}).describe('what the screen looks like, and what it answers to'),
  aliases,
})

export type Gate = z.output<typeof gate>
export type Config = z.output<typeof config>
