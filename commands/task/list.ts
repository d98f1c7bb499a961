import { MhvCommand } from '../../src/terminal/base-command.ts'
import { listFlags, readListing } from '../../src/terminal/list-flags.ts'
import { printListing } from '../../src/terminal/print-listing.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'
import { openListing } from '../../src/terminal/view-at.ts'

export default class TaskList extends MhvCommand {
  static override aliases = shortFormsOf('task:list')
  static override summary = 'List tasks.'
  static override description =
    'Those that have not ended, unless --status says otherwise. Several filters have to hold all; several values of one of --status, --type and --priority mean any of them. What is most urgent comes first.'
  static override examples = [
    'mhv tl',
    'mhv tl --status all --sort updated:desc --limit 20',
    'mhv tl --priority high,critical --label auth --overdue',
    'mhv tl --format csv --columns number,title,estimate',
    'mhv tl --at 2026-11-01',
  ]
  static override flags = listFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(TaskList)
    const workplace = await this.workplace()
    const { snapshot, time } = await openListing(workplace, flags.at)
    const listing = await readListing(workplace, snapshot, flags, time)
    await printListing(workplace.store.name, snapshot, listing)
  }
}
