import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY_PLACES } from '../../src/config/has-config.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { programText } from '../../src/config/read-source.ts'
import { recordTrust } from '../../src/config/trust.ts'
import { findRepository } from '../../src/git/repository.ts'
import { visible } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'

export default class ConfigTrust extends MhvCommand {
  static override summary = 'Agree to what the configuration here runs.'
  static override description =
    'To a configuration that is a program (mhv.config.js and its like), which runs whenever it is read, and to the set-up commands of worktrees. Agrees to exactly what is there now. Gates need no agreement: whoever runs them means to.'
  static override examples = ['mhv config trust']

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigTrust)
    const repository = await findRepository(process.cwd())
    const { workTree } = repository
    const here = workTree === null ? [] : REPOSITORY_PLACES.map((name) => join(workTree, name))
    const programs = here.filter((path) => /\.[cm]?js$/.test(path) && existsSync(path))
    for (const path of programs) recordTrust(repository, programText(path))
    const { config, sources } = await loadConfig(workTree)
    const { setup } = config.worktrees
    const isOwn = sources.some(({ origin }) => origin === 'repository')
    const commands = isOwn ? setup : []
    if (commands.length > 0) recordTrust(repository, commands)
    if (flags.json) return this.printJson({ programs, commands })
    if (programs.length + commands.length === 0) {
      return this.aside('The configuration here runs nothing by itself.')
    }
    for (const path of programs) this.aside(`Agreed to run ${path} as it is now.`)
    for (const command of commands) this.aside(`Agreed to the set-up command: ${visible(command)}`)
  }
}
