import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Gate } from '../../schemas/config.ts'
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

/** Names in a directory: of installed packages, what a package manager's own record does not know. */
function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => !name.startsWith('.'))
      .sort()
  } catch {
    return []
  }
}

/** What a pass rests on besides the tree and the gate: the machine, and what is installed on it. */
export function toolChain(top: string): string {
  const { platform, arch, version } = process
  const installed = namesIn(join(top, 'node_modules'))
  return sha256(canonical({ platform, arch, node: version, locks: digestsOf(top, LOCK_FILES), installed }))
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

/** Files below a worktree's top that results of gates rest on, and directories in which such a file may be exchanged. */
export function filesBehind(gates: readonly Gate[], top: string): string[] {
  const declared = gates.flatMap(inputFiles).map((path) => join(top, path))
  const tools = [...LOCK_FILES, 'node_modules'].map((path) => join(top, path))
  return [...tools, ...declared, ...declared.map((path) => dirname(path))]
}

/** Whether a result rests on files that are not the commit's. */
export const filesDeclared = (gates: readonly Gate[]): boolean => gates.flatMap(inputFiles).length > 0

/**
 * What a result is valid for: the tree, what the gate does and is told, its declared inputs and the tool chain.
 * @param top the worktree whose ignored files count
 * @param tools as `toolChain` says
 */
export function gateKey(
  { gate, files, skipped }: PlannedGate,
  tree: string,
  top: string,
  tools: string,
): string {
  return sha256(
    canonical({
      tree,
      definition: definitionOf(gate),
      files: [...files].sort(),
      skipped,
      tools,
      inputs: digestsOf(top, inputFiles(gate)),
      environment: Object.fromEntries(gate.inputs.env.map((name) => [name, process.env[name] ?? null])),
    }),
  )
}
