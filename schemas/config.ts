import * as z from 'zod'
import { line } from './task.ts'

/** Moments at which a gate runs; `ci` is `mhv gate verify`. */
export const MOMENTS = ['done', 'pre-push', 'pre-commit', 'ci'] as const
export type Moment = (typeof MOMENTS)[number]

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A span of time with its unit, `90s`, as milliseconds. */
export const duration = z
  .string()
  .regex(/^\d{1,6}(?:ms|s|m|h|d)$/, 'is not a span of time with its unit (30s, 10m, 2h, 7d)')
  .transform((text) => {
    const [, amount = '0', unit = 's'] = /^(\d+)(\D+)$/.exec(text) ?? []
    return Number(amount) * UNITS[unit as keyof typeof UNITS]
  })

const SIZES = { B: 1, KB: 1000, MB: 1e6, GB: 1e9, TB: 1e12 } as const
/** An amount of storage with its unit, `1GB`, as bytes. */
export const size = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,3})?(?:B|KB|MB|GB|TB)$/, 'is not a size with its unit (500MB, 1GB)')
  .transform((text) => {
    const [, amount = '0', unit = 'B'] = /^([\d.]+)(\D+)$/.exec(text) ?? []
    return Number(amount) * SIZES[unit as keyof typeof SIZES]
  })

/** A path below the directory that it is about: relative, with slashes, never leading out. */
const inside = line(1000).refine(
  (path) => !/^(?:[/\\~]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..'),
  'is not a path inside the repository',
)
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable')
const command = z
  .string()
  .min(1, 'is empty')
  .max(4000, 'is longer than 4000 characters')
  .refine((text) => !text.includes('\0'), 'has a NUL character')

export const gateName = z
  .string()
  .max(60, 'is longer than 60 characters')
  .regex(/^[a-z0-9][a-z0-9._:-]*$/i, 'is not a name of letters, digits, and . _ : - inside')

const gateBase = {
  name: gateName,
  /** When it runs. */
  when: z.array(z.enum(MOMENTS)).min(1, 'is empty').default(['done', 'pre-push', 'ci']),
  /** Globs, relative to the top of the repository: the gate runs only where a changed file matches; `!` in front excludes. */
  files: z.array(line(500)).default([]),
  /** Longest that it may take. */
  timeout: duration.prefault('10m'),
  /** Variables added to its environment. */
  env: z.record(variable, z.string()).default({}),
  /** Where it runs, below the top of the worktree. */
  cwd: inside.default('.'),
  /** Whether its failure stops what it gates; else it is advice. */
  required: z.boolean().default(true),
  /** What its result rests on besides the tree: files that git ignores, and variables of the environment. */
  inputs: z
    .strictObject({ files: z.array(inside).default([]), env: z.array(variable).default([]) })
    .prefault({}),
}

/** Runs a command; it passes when this ends with 0. `{files}` stands for the changed files that match. */
const commandGate = z.strictObject({ ...gateBase, command })
/** Reads a report of line coverage, LCOV or Cobertura; with a command, after that has run. */
const coverageGate = z.strictObject({
  ...gateBase,
  command: command.optional(),
  coverage: z.strictObject({
    /** The report. */
    file: inside,
    /** Least share of lines covered, in percent. */
    threshold: z.number().min(0).max(100).default(80),
  }),
})
export const gate = z.union([coverageGate, commandGate])

const unique = (names: readonly string[]) => new Set(names).size === names.length

/** `.mhvrc.yaml` and its like, whole. Every key may be left out. */
export const config = z.strictObject({
  /** For editors; not read. */
  $schema: z.string().optional(),
  gates: z
    .array(gate)
    .refine((gates) => unique(gates.map(({ name }) => name)), 'has two gates of one name')
    .default([]),
  gating: z
    .strictObject({
      /** Most gates at once. */
      jobs: z.int().min(1).max(64).default(4),
      /** Whose recorded passes count: this identity's own, those of all, or none. */
      cache: z.enum(['own', 'all', 'off']).default('own'),
      /** Command told of every override; it finds the particulars in MHV_* variables and as JSON on standard input. */
      on_override: command.optional(),
    })
    .prefault({}),
  hooks: z
    .strictObject({
      /** Whether commit-msg adds the trailer `Task: #N` on a task's branch. */
      trailer: z.boolean().default(true),
      /** Whether hooks take away worktrees of finished tasks whose work is safe. */
      cleanup: z.boolean().default(true),
    })
    .prefault({}),
  worktrees: z
    .strictObject({
      /** Where they go, relative to the main worktree; {repo}, {number}, {slug}, {branch}, {type}, {user}. */
      path: line(500).default('../{repo}.worktrees/{number}-{slug}'),
      /** What their branches are called: {number}, {slug}, {type}, {user}. */
      branch: line(300).default('task/{number}'),
      /** What a new branch begins at; HEAD unless given. */
      base: line(200).optional(),
      /** Whether a new branch follows the base where that is a branch of a remote. */
      track: z.boolean().default(false),
      /** Whether submodules are checked out too. */
      submodules: z.boolean().default(false),
      /** File that lists, as .gitignore does, ignored files to copy from the main worktree. */
      include: inside.default('.worktreeinclude'),
      /** Commands that run once in a new worktree. */
      setup: z.array(command).default([]),
      /** Port numbers, one for each worktree. */
      ports: z
        .strictObject({
          first: z.int().min(1024).max(65535).default(20_000),
          count: z.int().min(1).max(60_000).default(10_000),
        })
        .prefault({}),
      /** What makes the work of a finished task safe: merged, or at least pushed; `never` leaves its worktree. */
      remove: z.enum(['merged', 'pushed', 'never']).default('merged'),
      /** How long a removed worktree can be brought back. */
      trash: duration.prefault('30d'),
      /** Age at which one that has lost its task, branch or directory is proposed for removal. */
      orphan: duration.prefault('7d'),
    })
    .prefault({}),
  preflight: z
    .strictObject({
      /** Least free space. */
      disk: size.prefault('1GB'),
    })
    .prefault({}),
})

export type Gate = z.output<typeof gate>
export type Config = z.output<typeof config>
