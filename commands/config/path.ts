import { configPlace } from '../../src/config/counting-file.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { chosenFile, configFileFlags, worktreeAround } from '../../src/terminal/config-files.ts'

export default class ConfigPath extends MhvCommand {
  static override summary = 'Name the files that count, and the one that is written.'
  static override description =
    'The stronger file comes first. With --user or --repository the path of that file alone is printed, whether it is there or not, for other programs.'
  static override examples = ['mhv config path', 'mhv config path --user', 'mhv config path --json']
  static override flags = configFileFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigPath)
    const top = await worktreeAround(flags)
    const written = chosenFile(flags, top)
    const files = [...(top === null ? [] : [configPlace(top)]), configPlace(null)]
    if (flags.json) {
      const listed = files.map(({ origin, path, isThere, isProgram, others }) => ({
        origin,
        path,
        exists: isThere,
        is_program: isProgram,
        not_read: others,
      }))
      return this.printJson({ files: listed, written: written.isProgram ? null : written.path })
    }
    if (flags.user || flags.repository) return this.print(written.path)
    for (const { origin, path, isThere, isProgram, others } of files) {
      const notes = [
        ...(isThere ? [] : ['not there yet']),
        ...(isProgram ? ['a program, which mhv does not write'] : []),
        ...(path === written.path && !isProgram ? ['written unless you say otherwise'] : []),
      ]
      this.print(`${origin.padEnd(10)}  ${path}${notes.length > 0 ? `  (${notes.join('; ')})` : ''}`)
      for (const other of others) this.print(`${' '.repeat(10)}  ${other}  (not read beside it)`)
    }
  }
}
