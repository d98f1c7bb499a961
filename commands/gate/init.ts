import { MhvError } from '../../src/errors.ts'
import { proposeConfig, writeConfig } from '../../src/gating/init-gates.ts'
import { visible } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { several } from '../../src/terminal/listing/list-flags.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { note as sayAside } from '../../src/terminal/output/output-mode.ts'

export default class GateInit extends MhvCommand {
  static override summary = 'Write quality gates for what this repository uses.'
  static override description =
    'Looks at package.json and its scripts, at pyproject.toml, Cargo.toml, go.mod, pom.xml and the set-up files of tools, and writes .mhvrc.yaml with a gate for each, to be read and changed. A configuration that is there is never written to: what could be added to it is printed.\n\nPresets: npm, pnpm, yarn, biome, eslint, typescript, vitest, crackerjack, ruff, mypy, bandit, pytest, go, cargo, maven, gitleaks.'
  static override examples = [
    'mhv gate init',
    'mhv gate init --dry-run',
    'mhv gate init --preset npm,gitleaks',
  ]
  static override flags = {
    preset: several('these presets, whether what they are for is found or not'),
    'dry-run': Flags.boolean({ description: 'print what would be written' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(GateInit)
    const { repository } = await this.workplace()
    const top = repository.workTree
    if (top === null) {
      throw new MhvError('NO_WORKTREE', 'No files are checked out here, so there is nothing to look at.', {
        recovery: ['git worktree list'],
      })
    }
    const proposal = await proposeConfig(top, flags.preset ?? null)
    const { path, text, gates, note } = proposal
    if (note !== null) sayAside(`${visible(note)}\n`)
    const isDry = flags['dry-run'] === true
    if (!isDry && proposal.existing !== null && !flags.json && text) this.print(text)
    const written = !isDry && writeConfig(proposal)
    if (flags.json) return this.printJson({ path, written, gates, text })
    if (!written && text) return this.print(text)
    if (!written) return this.aside(`${path} has a gate for everything that was found.`)
    this.did(`Wrote ${path} with the gates ${gates.map(({ name }) => name).join(', ')}.`, [path])
    this.aside('Next: read it, then mhv gate run')
  }
}
