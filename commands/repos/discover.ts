import { realpathSync } from 'node:fs'
import { MhvError } from '../../src/errors.ts'
import { visible } from '../../src/printable.ts'
import { addFound } from '../../src/repos/add-found.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { renderTable } from '../../src/terminal/output/table.ts'
import { fileFlag, fileToWrite } from '../../src/terminal/places/repos-file.ts'

/** Errors: NO_DIRECTORY. */
function directoryAt(path: string): string {
  try {
    return realpathSync(path)
  } catch (cause) {
    throw new MhvError('NO_DIRECTORY', `There is no directory ${path}.`, { cause, recovery: ['ls'] })
  }
}

export default class ReposDiscover extends MhvCommand {
  static override summary = 'Find repositories below a directory, and list them.'
  static override description =
    'Adds what the file does not list yet and leaves all that it says as it is; where there is no file, it is made in DIRECTORY. It does not look into repositories, hidden directories and node_modules; a linked worktree stands for its repository.'
  static override examples = ['mhv repos discover .. --dry-run', 'mhv repos discover ~/src --depth 2 --urls']
  static override args = {
    directory: Args.string({ default: '.', description: 'where to look; else the working directory' }),
  }
  static override flags = {
    ...fileFlag,
    depth: Flags.integer({ default: 3, min: 0, max: 20, description: 'how many directories down' }),
    urls: Flags.boolean({ description: 'write down the address of origin too, without passwords' }),
    'dry-run': Flags.boolean({ char: 'n', description: 'only say what would be added' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReposDiscover)
    const directory = directoryAt(args.directory)
    const file = fileToWrite(flags.file, directory)
    const dryRun = flags['dry-run'] ?? false
    const { depth, urls = false } = flags
    const { added, listed, problems, notes } = await addFound(file, { directory, depth, urls, dryRun })
    if (flags.json) return this.printJson({ file, dry_run: dryRun, added, listed, problems, notes })
    if (added.length > 0) {
      const columns = [{ title: 'NAME' }, { title: 'PATH' }, { title: 'URL' }]
      const rows = added.map(({ name, path, url }) => [name, visible(path!), url ?? ''])
      this.did(
        `${await renderTable(columns, rows, null)}\n${dryRun ? 'Would be added to' : 'Added to'} ${file}`,
        added.map(({ name }) => name),
      )
    } else this.aside(listed > 0 ? `Nothing that ${file} does not list.` : `No repository in ${directory}.`)
    for (const { repository, message } of notes) {
      note(visible(`Note: ${repository}: ${message}\n`))
    }
    for (const { path, message } of problems) process.stderr.write(visible(`Problem: ${path}: ${message}\n`))
  }
}
