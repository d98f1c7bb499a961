import { STATUSES } from '../../schemas/vocabulary.ts'
import { exportPlace } from '../../src/export-tasks.ts'
import { slotsByPlace } from '../../src/query/place.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import {
  EXPORT_FORMATS,
  type ExportFormat,
  formatOfFile,
  printExport,
} from '../../src/terminal/exchange/print-export.ts'
import { listFlags, several } from '../../src/terminal/listing/list-flags.ts'
import { readListing } from '../../src/terminal/listing/read-listing.ts'
import { Flags } from '../../src/terminal/oclif.ts'
import { placesAsked } from '../../src/terminal/places/places-asked.ts'

const {
  format: _f,
  status: _t,
  columns: _c,
  sort: _s,
  limit: _l,
  at: _a,
  deleted: _d,
  'group-by': _g,
  'fail-on': _o,
  annotations: _n,
  summary: _y,
  ...filters
} = listFlags

export default class TaskExport extends MhvCommand {
  static override summary = 'Export tasks as JSON lines, JSON or CSV.'
  static override description = `What is exported, mhv task import makes again in another repository.

Every status is exported unless --status says otherwise. JSON holds all of a task, of which branch, commit and gate results mean nothing elsewhere and are not imported; CSV has no comments, criteria and metadata. With --json and no file, the tasks are one JSON document, which can be imported too.

Cells of CSV are written as they are, so that they come back the same: a title such as =1+1 is a formula to a spreadsheet. Open exports of text that you do not trust elsewhere, or as text.`
  static override examples = [
    'mhv task export > tasks.jsonl',
    'mhv task export --output tasks.csv',
    'mhv task export --label auth --status open --output auth.jsonl --force',
    'mhv task export --all --output all.jsonl',
  ]
  static override flags = {
    ...filters,
    status: several(`open, all, ${STATUSES.join(', ')}; default all`),
    format: Flags.string({
      options: EXPORT_FORMATS,
      description: 'form of the output; told by the file’s name when left out, otherwise jsonl',
    }),
    output: Flags.string({ char: 'o', description: 'file to write; standard output when left out' }),
    force: Flags.boolean({ char: 'f', description: 'replace the file if it exists', dependsOn: ['output'] }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(TaskExport)
    const { format, output, force, ...asked } = flags
    const places = await placesAsked(asked, () => this.workplace())
    // By repository and in the order of numbers, so that in an empty repository they come out the same.
    const listing = await readListing(places, {
      ...asked,
      status: asked.status ?? (asked.overdue ? undefined : ['all']),
      sort: [],
    })
    const slots = slotsByPlace(places.places, listing.entries)
    const records = await Promise.all(places.places.map((place, i) => exportPlace(place, slots[i]!)))
    await printExport(records.flat(), places, {
      format: (format as ExportFormat | undefined) ?? formatOfFile(output),
      output: output ?? null,
      force: force ?? false,
      json: flags.json,
    })
  }
}
