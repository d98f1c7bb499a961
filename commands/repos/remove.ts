import { removeRepository } from '../../src/repos/remove-repository.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { federationOf, reposFlag } from '../../src/terminal/places/federation-flags.ts'

export default class ReposRemove extends MhvCommand {
  static override summary = 'Take a repository off the list.'
  static override description =
    'The repository itself is not touched. Everything else in the file stays as it is, comments above the entry too. Of two entries of one name the later goes, or the one whose nickname is given. What other repositories’ tasks depend on there counts as open from then on.'
  static override examples = ['mhv repos remove akosha', 'mhv repos remove ak --json']
  static override args = { name: Args.string({ required: true, description: 'its name or a nickname' }) }
  static override flags = reposFlag

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReposRemove)
    const { file } = await federationOf(flags)
    const removed = await removeRepository(file, args.name)
    if (flags.json) this.printJson({ file, removed })
    else this.did(`${removed} removed from ${file}`, [removed])
  }
}
