import { MhvError } from '../src/errors.ts'
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
    const said = await git(['--version'], { cwd: process.cwd() }).catch((error: unknown) => {
      if (error instanceof MhvError && error.error === 'GIT_MISSING') return null
      throw error
    })
    const versions = {
      mhv: programVersion(),
      node: process.versions.node,
      git: said?.replace(/^git version /, '') ?? null,
    }
    if (flags.json) this.printJson(versions)
    else this.print(`mhv ${versions.mhv}, Node ${versions.node}, ${said ? `git ${versions.git}` : 'no git'}`)
  }
}
