import { MhvError } from '../../src/errors.ts'
import { HANDLED } from '../../src/hooks/hook-names.ts'
import { hooksStatus, type WorktreeHooks } from '../../src/hooks/status.ts'
import { visible } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'

const MEANING = {
  alive: 'alive',
  lost: 'alive, but mhv is not where it was at installation',
  silent: 'do not run',
  foreign: 'replaced by hooks of another tool',
} as const

/** What is to be said of one worktree, with the hooks that are not alive where some are. */
function described({ path, directory, state, hooks }: WorktreeHooks): string {
  if (state === 'alive') return `${path}  alive`
  const dead = HANDLED.filter((hook) => hooks[hook] !== 'alive')
  const which = dead.length === HANDLED.length ? '' : ` (${dead.join(', ')})`
  return `${path}  ${MEANING[state]}${which}; git looks in ${directory}`
}

export default class HooksStatus extends MhvCommand {
  static override summary = 'Check that the git hooks run in every worktree.'
  static override description =
    'Lets git run each hook in each worktree with a question that ours answers; no hook of anybody else’s is run for it. Ends with 1 where one does not answer.'
  static override examples = ['mhv hooks status', 'mhv hooks status --json']

  async run(): Promise<void> {
    const { flags } = await this.parse(HooksStatus)
    const { repository } = await this.workplace()
    const status = await hooksStatus(repository)
    if (flags.json) {
      this.printJson(status)
      if (!status.alive) process.exitCode = 1
      return
    }
    if (!status.installed) throw new MhvError('HOOKS_BROKEN', 'The hooks are not installed here.')
    for (const worktree of status.worktrees) this.print(visible(described(worktree)))
    if (status.former !== null) this.print(visible(`Hooks in ${status.former} run first.`))
    if (!status.alive) {
      throw new MhvError('HOOKS_BROKEN', 'Not every hook runs in every worktree.', {
        recovery: ['mhv hooks install'],
      })
    }
  }
}
