import { stateOf } from '../../src/federation/check-members.ts'
import { printable } from '../../src/printable.ts'
import { publicUrl } from '../../src/repos/shown-url.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { screenWidth } from '../../src/terminal/output/screen-width.ts'
import { renderTable } from '../../src/terminal/output/table.ts'
import { federationOf, reposFlag } from '../../src/terminal/places/federation-flags.ts'

const COLUMNS = [
  { title: 'NAME' },
  { title: 'NICKNAMES', spare: 1 },
  { title: 'ROLE', spare: 2 },
  { title: 'TAGS', least: [16, 8], spare: 3 },
  { title: 'STATE' },
  { title: 'WHERE', least: [30, 16] },
]

export default class ReposList extends MhvCommand {
  static override summary = 'List the repositories that belong together.'
  static override description =
    'STATE tells whether a repository is here, keeps no tasks yet (not initialised), is not where the file says (missing), or is known by its URL only. Entries that cannot be read are named under the table.'
  static override examples = ['mhv repos list', 'mhv repos list --repos ~/src/repos.yaml --json']
  static override flags = reposFlag

  async run(): Promise<void> {
    const { flags } = await this.parse(ReposList)
    const { file, members, faults } = await federationOf(flags)
    const states = await Promise.all(members.map(stateOf))
    if (flags.json) {
      const repositories = members.map(({ name, nicknames, role, tags, path, url, description }, i) => ({
        name,
        nicknames,
        role,
        tags,
        path,
        url: url && publicUrl(url),
        description,
        state: states[i],
      }))
      const problems = faults.map(({ entry, message }) => ({
        repository: entry,
        code: 'REPOS_INVALID',
        message,
      }))
      return this.printJson({ file, repositories, problems })
    }
    const rows = members.map(({ name, nicknames, role, tags, path, url }, i) => {
      const where = states[i] === 'URL only' ? publicUrl(url!) : path!
      return [name, nicknames.join(' '), role ?? '', tags.join(' '), states[i]!, printable(where, 4000)]
    })
    if (rows.length > 0) {
      const width = screenWidth()
      this.print(await renderTable(COLUMNS, rows, width))
    } else note(`${file} lists no repository. Next: mhv repos discover ..\n`)
    for (const { entry, message } of faults) process.stderr.write(`Problem: ${entry}: ${message}\n`)
  }
}
