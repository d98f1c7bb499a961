import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Gate } from '../../schemas/config.ts'
import type { Snapshotted } from '../git/checkout.ts'
import type { PlannedGate } from './plan-gates.ts'

/** Files in which package managers write down what is to be installed, and what was. */
const LOCK_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'Pipfile.lock',
  'requirements.txt',
  'Cargo.lock',
  'go.sum',
  'Gemfile.lock',
  'composer.lock',
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.pnpm/lock.yaml',
  'node_modules/.yarn-state.yml',
  '.venv/pyvenv.cfg',
  'venv/pyvenv.cfg',
] as const

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

/** JSON with the keys of every object sorted, so that equal values have equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

/** Digest of what a path holds: a file, or all files below a directory. null where there is nothing that can be read. */
function digestOf(path: string): string | null {
  try {
    if (!statSync(path).isDirectory()) return sha256(readFileSync(path))
    const names = readdirSync(path).sort()
    return sha256(canonical(names.map((name) => [name, digestOf(join(path, name))])))
  } catch {
    return null
  }
}

const digestsOf = (top: string, paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, digestOf(join(top, path))]))

/** Names in a directory, without hidden ones. */
function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => !name.startsWith('.'))
      .sort()
  } catch {
    return []
  }
}

/** Names of installed packages, which a package manager's own record may not know, `@scope/name` among them. */
const packagesIn = (modules: string): readonly string[] =>
  namesIn(modules).flatMap((name) =>
    name.startsWith('@') ? namesIn(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  )

/** Directories in which a virtual environment of Python has its packages, whose names say their versions. */
const sitePackages = (environment: string): string[] =>
  ['lib', 'lib64', 'Lib'].flatMap((library) => [
    join(environment, library, 'site-packages'),
    ...namesIn(join(environment, library)).map((name) => join(environment, library, name, 'site-packages')),
  ])

const ENVIRONMENTS = ['.venv', 'venv'] as const

/** What commands run on by the names that they call it by. */
const INTERPRETERS = ['node', 'python3', 'python', 'ruby', 'php', 'go', 'cargo', 'java'] as const

/** Directories that the system looks for programs in. */
const programPlaces = (): string[] => (process.env.PATH ?? '').split(delimiter).filter(isAbsolute)

/** The file that the system runs by a name, links resolved: names of versions are in it. null where there is none. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // A directory of PATH that may not be entered has nothing to run either.
    return false
  }
}

function programFor(name: string): string | null {
  const paths = programPlaces().map((directory) => join(directory, name))
  const path = paths.find(isFile)
  return path === undefined ? null : realpathSync(path)
}

function versionOf(name: string): string | null {
  const path = programFor(name)
  return path !== null && path === realpathSync(process.execPath) ? process.version : path
}

/** The worktree's top and where a gate runs, in which there may be packages of its own. */
const placesOf = (top: string, cwd: string): string[] => [...new Set([top, join(top, cwd)])]

/**
 * What a pass rests on besides the tree and the gate: the machine, and what is installed on it.
 * @param cwd where the gate runs, from the top
 */
export function toolChain(top: string, cwd: string): string {
  const { platform, arch, version } = process
  const installed = placesOf(top, cwd).map((place) => ({
    locks: digestsOf(place, LOCK_FILES),
    modules: packagesIn(join(place, 'node_modules')),
    python: ENVIRONMENTS.flatMap((name) => sitePackages(join(place, name))).flatMap(namesIn),
  }))
  return sha256(canonical({ platform, arch, version, interpreters: INTERPRETERS.map(versionOf), installed }))
}

/** Digest of what a gate does; not of when it runs, nor of how much its failure matters. */
export function definitionOf(gate: Gate): string {
  const { when: _when, required: _required, timeout: _timeout, ...rest } = gate
  return sha256(canonical(rest))
}

/** Files besides the tree that a gate's result rests on: what it declares, and the report that it only reads. */
function inputFiles(gate: Gate): readonly string[] {
  const report = gate.coverage && gate.command === undefined ? [join(gate.cwd, gate.coverage.file)] : []
  return [...gate.inputs.files, ...report]
}

/**
 * Files and directories that results of gates rest on besides the tree, with the directories in which one may be exchanged
 * for another that is no newer.
 */
export function filesBehind(gates: readonly Gate[], top: string): string[] {
  const places = [...new Set(gates.flatMap(({ cwd }) => placesOf(top, cwd)))]
  const programs = [...programPlaces(), ...INTERPRETERS.flatMap((name) => programFor(name) ?? [])]
  const installed = places.flatMap((place) => [
    place,
    ...[...LOCK_FILES, 'node_modules', ...ENVIRONMENTS].map((path) => join(place, path)),
    ...namesIn(join(place, 'node_modules'))
      .filter((name) => name.startsWith('@'))
      .map((name) => join(place, 'node_modules', name)),
    ...ENVIRONMENTS.flatMap((name) => sitePackages(join(place, name))),
  ])
  return [...programs, ...installed]
}

/** Files in which people's package managers keep what is to be installed, where a worktree may have them. */
export const lockFiles = (gates: readonly Gate[], top: string): string[] =>
  [...new Set(gates.flatMap(({ cwd }) => placesOf(top, cwd)))].flatMap((place) =>
    LOCK_FILES.filter((path) => !path.includes('/')).map((path) => join(place, path)),
  )

/** Whether a result rests on files that are not the commit's. */
export const filesDeclared = (gates: readonly Gate[]): boolean => gates.flatMap(inputFiles).length > 0

/**
 * What a result is valid for: the tree, of a gate that reads history the commit, what the gate does and is told, its
 * declared inputs and the tool chain.
 * @param top the worktree whose ignored files count
 * @param tools as `toolChain` says
 */
export function gateKey(
  { gate, files, skipped }: PlannedGate,
  { commit, tree }: Snapshotted,
  top: string,
  tools: string,
): string {
  return sha256(
    canonical({
      tree,
      commit: gate.inputs.history ? commit : undefined,
      definition: definitionOf(gate),
      files: [...files].sort(),
      skipped,
      tools,
      inputs: digestsOf(top, inputFiles(gate)),
      environment: Object.fromEntries(gate.inputs.env.map((name) => [name, process.env[name] ?? null])),
    }),
  )
}
