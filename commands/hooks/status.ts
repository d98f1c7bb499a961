import { MhvError } from '../../src/errors.ts'
import { HANDLED } from '../../src/hooks/hook-names.ts'
import { type HooksStatus as Hooks, hooksStatus, type WorktreeHooks } from '../../src/hooks/status.ts'
import { visible } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { isPlain } from '../../src/terminal/output/output-mode.ts'
import { saidCells } from '../../src/terminal/output/said-cells.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../../src/terminal/places/federation-flags.ts'

const MEANING = {
  alive: 'alive',
  lost: 'alive, but mhv is not where it was at installation',
  silent: 'do not run',
  foreign: 'replaced by hooks of another tool',
} as const

/** What is to be said of one worktree, with the hooks that are not alive where some are. */
function described({ path, directory, state, hooks }: WorktreeHooks): string {
  const said = (what: string) =>
    isPlain()
      ? saidCells([
          ['path', path],
          ['state', what],
        ])
      : `${path}  ${what}`
  if (state === 'alive') return said('alive')
  const dead = HANDLED.filter((hook) => hooks[hook] !== 'alive')
  const which = dead.length === HANDLED.length ? '' : ` (${dead.join(', ')})`
  return said(`${MEANING[state]}${which}; git looks in ${directory}`)
}

function printHooks({ worktrees, former }: Hooks): void {
  const lines = worktrees.map(described)
  if (former !== null) lines.push(`Hooks in ${former} run first.`)
  for (const line of lines) process.stdout.write(`${visible(line)}\n`)
}

function hooksRefusal({ installed, alive, recovery }: Hooks): MhvError | null {
  if (!installed) return new MhvError('HOOKS_BROKEN', 'The hooks are not installed here.')
  if (alive) return null
  return new MhvError('HOOKS_BROKEN', 'Not every hook runs in every worktree.', { recovery })
}

export default class HooksStatus extends MhvCommand {
  static override summary = 'Check that the git hooks run in every worktree.'
  static override description =
    'Lets git run each hook in each worktree with a question that ours answers; no hook of anybody else’s is run for it. Ends with 1 where one does not answer.'
  static override examples = ['mhv hooks status', 'mhv hooks status --json', 'mhv hooks status --all']

  static override flags = federationFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(HooksStatus)
    if (asksForSeveral(flags)) return this.each(flags)
    const { repository } = await this.workplace()
    const status = await hooksStatus(repository)
    const refusal = hooksRefusal(status)
    if (flags.json) {
      this.printJson(status)
      if (!status.alive) process.exitCode = 1
      return
    }
    if (status.installed) printHooks(status)
    if (refusal) throw refusal
  }

  /** Those of several repositories. */
  private async each(flags: FederationFlags & { json: boolean }): Promise<void> {
    const { checkEach } = await import('../../src/terminal/places/in-each.ts')
    process.exitCode = await checkEach(flags, flags.json ? (document) => this.printJson(document) : null, {
      check: ({ repository }) => hooksStatus(repository),
      documentOf: (status) => status,
      print: (status) => (status.installed ? printHooks(status) : undefined),
      refusalOf: hooksRefusal,
    })
  }
}
