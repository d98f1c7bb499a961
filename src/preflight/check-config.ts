import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config, Gate } from '../../schemas/config.ts'
import { config as schema } from '../../schemas/config.ts'
import { configFiles } from '../config/has-config.ts'
import { type LoadedConfig, loadConfig } from '../config/load-config.ts'
import { type KnownCommands, wrongAliases } from '../configuring/judge-content.ts'
import { MhvError, shellWord } from '../errors.ts'
import { matcherOf } from '../gates/plan-gates.ts'
import { treeAt } from '../git/checkout.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { type Check, critical, ok, warning } from './check.ts'
import { whatIsLacking } from './find-command.ts'

/** The configuration with what is to be said of it; the defaults where it is wrong. */
export async function readConfiguration(
  { workTree }: Repository,
  known: KnownCommands,
): Promise<{ loaded: LoadedConfig; check: Check }> {
  try {
    const loaded = await loadConfig(workTree)
    const wrong = wrongAliases(loaded, known)
    if (wrong) return { loaded, check: warning('configuration', wrong.message, ...wrong.recovery) }
    const files = loaded.sources.map(({ path }) => path).join(', ')
    const [first, ...others] = workTree === null ? [] : configFiles(workTree)
    if (others.length > 0) {
      const message = `${files} is valid; beside ${first}, ${others.join(', ')} is not read.`
      return { loaded, check: warning('configuration', message, 'mhv config show') }
    }
    return { loaded, check: ok('configuration', files ? `${files} is valid.` : 'Nothing is configured.') }
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    const check = critical('configuration', error.message.split('\n')[0]!, ...error.recovery)
    return { loaded: { config: schema.parse({}), sources: [], leftOut: null }, check }
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined
const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** A gate that stops work is critical, one that is only advice is not. */
const fault = ({ required }: Gate) => (required ? critical : warning)

/** Whether the commands of the gates are here. */
export async function gateChecks({ gates }: Config, top: string): Promise<Check[]> {
  const checks: Check[] = []
  for (const gate of gates) {
    const directory = join(top, gate.cwd)
    // That it leads nowhere is told as a reference.
    if (gate.command === undefined || !isDirectory(directory)) continue
    const name = `gate ${gate.name}`
    const lacking = await whatIsLacking(gate.command, { directory, env: gate.env })
    checks.push(
      lacking
        ? fault(gate)(name, `It could not be started: ${lacking}.`, `mhv gate run --only ${gate.name}`)
        : ok(name, `Its command is here: ${gate.command}`),
    )
  }
  return checks
}

/** Names of all files that a gate could be for: tracked ones, and those that git does not ignore. Errors: GIT_FAILED. */
async function filesOf(repository: Repository, top: string): Promise<string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--full-name']
  return (await git(args, { ...repository.git, cwd: top })).split('\0').filter(Boolean)
}

/** What a gate names and is not there. @param files names of all files */
function gateReferences(gate: Gate, top: string, files: readonly string[]): Check[] {
  const name = 'references'
  const directory = join(top, gate.cwd)
  if (!isDirectory(directory)) {
    const message = `Gate ${gate.name} runs in ${gate.cwd}, which is no directory.`
    return [fault(gate)(name, message, `ls -ld ${shellWord(directory)}`)]
  }
  const report = gate.coverage && dirname(join(directory, gate.coverage.file))
  const found: Check[] = []
  if (gate.files.length > 0 && !files.some(matcherOf(gate))) {
    const message = `Gate ${gate.name} is for files that match ${gate.files.join(', ')}, and none does, so it is always skipped.`
    found.push(warning(name, message, 'mhv config show gates'))
  }
  if (report && !isDirectory(report)) {
    const message = `Gate ${gate.name} reads ${gate.coverage!.file}, whose directory is not there.`
    found.push(warning(name, message, `ls -ld ${shellWord(report)}`))
  }
  for (const path of gate.inputs.files.filter((file) => !isThere(join(top, file)))) {
    const message = `Gate ${gate.name} declares the input ${path}, which is not there.`
    found.push(warning(name, message, `ls -ld ${shellWord(join(top, path))}`))
  }
  return found
}

/** Whether somebody has written down what the defaults would say too. */
const isWritten = ({ sources }: LoadedConfig, section: string, key: string): boolean =>
  sources.some(({ content }) => {
    const values = (content as Record<string, unknown> | null)?.[section]
    return typeof values === 'object' && values !== null && key in values
  })

/** Commands besides those of the gates that could not be started. */
async function commandReferences({ gating, worktrees }: Config, top: string): Promise<Check[]> {
  const named = [
    ...(gating.on_override === undefined ? [] : [['gating.on_override', gating.on_override] as const]),
    ...worktrees.setup.map((command) => ['worktrees.setup', command] as const),
  ]
  const found: Check[] = []
  for (const [key, command] of named) {
    const lacking = await whatIsLacking(command, { directory: top, env: {} })
    if (lacking) {
      const message = `${key} runs ${command}, which could not be started: ${lacking}.`
      found.push(warning('references', message, `mhv config show ${key}`))
    }
  }
  return found
}

/** What the configuration names and leads nowhere. */
export async function referenceChecks(
  repository: Repository,
  loaded: LoadedConfig,
  top: string,
): Promise<Check[]> {
  const { gates, worktrees } = loaded.config
  const files = gates.some((gate) => gate.files.length > 0) ? await filesOf(repository, top) : []
  const found = gates.flatMap((gate) => gateReferences(gate, top, files))
  found.push(...(await commandReferences(loaded.config, top)))
  // Files are copied from the main worktree, where there is one.
  const lists = [top, repository.mainDirectory].map((directory) => join(directory, worktrees.include))
  if (isWritten(loaded, 'worktrees', 'include') && !lists.some(isThere)) {
    const message = `worktrees.include names ${worktrees.include}, which is not there.`
    found.push(warning('references', message, `ls -ld ${shellWord(lists[0]!)}`))
  }
  if (worktrees.base !== undefined && !(await treeAt(repository.git, worktrees.base))) {
    const message = `worktrees.base names ${worktrees.base}, which is no commit here.`
    found.push(critical('references', message, 'git fetch', 'git branch --all'))
  }
  return found.length > 0 ? found : [ok('references', 'What the configuration names is there.')]
}
