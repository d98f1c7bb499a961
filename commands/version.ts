import { programVersion } from '../src/package-root.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'

export default class Version extends MhvCommand {
  static override summary = 'Print the versions of mhv, Node and git.'
  static override description =
    '`mhv --version` prints the version of mhv alone, and does not ask git for its own.'
  static override examples = ['mhv version --json']

  async run(): Promise<void> {
    const { flags } = await this.parse(Version)
    const { git } = await import('../src/git/run.ts')
    const said = await git(['--version'], { cwd: process.cwd() })
    const versions = {
      mhv: programVersion(),
      node: process.versions.node,
      git: said.replace(/^git version /, ''),
    }
    if (flags.json) this.printJson(versions)
    else this.print(`mhv ${versions.mhv}, Node ${versions.node}, git ${versions.git}`)
  }
}
