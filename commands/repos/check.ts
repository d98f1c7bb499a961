import { checkMembers } from '../../src/federation/check-members.ts'
import { visible } from '../../src/printable.ts'
import { saidOf } from '../../src/repos/said-of.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { pasted } from '../../src/terminal/failing/pasted-step.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { federationOf, reposFlag } from '../../src/terminal/places/federation-flags.ts'

export default class ReposCheck extends MhvCommand {
  static override summary = 'Check repos.yaml, and that its repositories are there.'
  static override description =
    'Looks for entries that cannot be read, names and nicknames that two have, repositories that are listed twice, directories that are missing or no repositories of their own, and repositories that keep no tasks. Keys that mhv does not know are never wrong. Ends with 1 where something is.'
  static override examples = ['mhv repos check', 'mhv repos check --remote --timeout 60']
  static override flags = {
    ...reposFlag,
    remote: Flags.boolean({ description: 'ask at each URL too whether its tasks can be fetched' }),
    timeout: Flags.integer({
      description: 'seconds for which a remote may say nothing',
      min: 1,
      max: 3600,
      dependsOn: ['remote'],
    }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(ReposCheck)
    const federation = await federationOf(flags)
    const { file, members } = federation
    const limits = flags.timeout === undefined ? {} : { timeout: flags.timeout * 1000 }
    const found = await checkMembers(federation, flags.remote ? limits : null)
    const problems = found.map((problem) => ({ ...problem, step: problem.step && pasted(problem.step) }))
    if (problems.length > 0) process.exitCode = 1
    if (flags.json) return this.printJson({ file, repositories: members.length, problems })
    for (const { repository, message, step } of problems) {
      this.print(visible(`${saidOf(repository, message)}${step ? `\n    ${step}` : ''}`))
    }
    const many = members.length === 1 ? '1 repository' : `${members.length} repositories`
    if (problems.length === 0) this.aside(`${file}: ${many}, all in order.`)
  }
}
