import { exportTasks } from '../../src/export-tasks.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { listFlags, readListing } from '../../src/terminal/list-flags.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { EXPORT_FORMATS, type ExportFormat, printExport } from '../../src/terminal/print-export.ts'

const { format: _f, columns: _c, sort: _s, limit: _l, at: _a, deleted: _d, ...filters } = listFlags

export default class TaskExport extends MhvCommand {
  static override description =
    `Export tasks so that mhv task import makes the same ones in another repository.

Every status is exported unless --status says otherwise. A line of JSON holds everything but branch, commit and gate results, which mean nothing elsewhere; CSV has no comments, criteria and metadata either. With --json and no file, the tasks are one JSON document, which can be imported too.`
  static override examples = [
    'mhv task export > tasks.jsonl',
    'mhv task export --format csv --output tasks.csv',
    'mhv task export --label auth --status open --output auth.jsonl --force',
  ]
  static override flags = {
    ...filters,
    format: Flags.string({ options: EXPORT_FORMATS, default: 'jsonl', description: 'form of the output' }),
    output: Flags.string({ char: 'o', description: 'file to write; standard output when left out' }),
    force: Flags.boolean({ char: 'f', description: 'replace the file if it exists', dependsOn: ['output'] }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(TaskExport)
    const workplace = await this.workplace()
    const view = await workplace.store.view()
    const { format, output, force, ...asked } = flags
    // In the order of numbers, so that in an empty repository they come out the same.
    const listing = await readListing(workplace, view, {
      ...asked,
      status: asked.status ?? (asked.overdue ? undefined : ['all']),
      sort: ['number'],
    })
    const records = await exportTasks(workplace.store, view, listing.slots)
    await printExport(records, view, workplace.store.name, {
      format: format as ExportFormat,
      output: output ?? null,
      force: force ?? false,
      json: flags.json,
    })
  }
}
