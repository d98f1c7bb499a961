import { type ExportRecord, exportCsv } from '../../exchange/export-record.ts'
import { writeOutput } from '../../output-file.ts'
import { besideListing, problemDocuments } from '../listing/listing-problems.ts'
import { aside } from '../output/output-mode.ts'
import type { PlacesAsked } from '../places/places-asked.ts'

export const EXPORT_FORMATS = ['jsonl', 'json', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What a file's name says of its form; JSON lines where it says nothing. */
export function formatOfFile(file: string | undefined): ExportFormat {
  const extension = /\.(csv|json)$/i.exec(file ?? '')?.[1]?.toLowerCase()
  return extension === 'csv' || extension === 'json' ? extension : 'jsonl'
}

export interface ExportWishes {
  readonly format: ExportFormat
  /** A path, or null for standard output. */
  readonly output: string | null
  readonly force: boolean
  readonly json: boolean
}

/** Writes records to a file or standard output, and says on standard error which tasks are missing. Errors: INVALID_INPUT, OUTPUT_FAILED. */
export async function printExport(
  records: readonly ExportRecord[],
  asked: PlacesAsked,
  { format, output, force, json }: ExportWishes,
): Promise<void> {
  const problems = problemDocuments(asked)
  const out = (text: string) => process.stdout.write(text)
  const document = () => `${JSON.stringify({ schema: 1, tasks: records, total: records.length, problems })}\n`
  if (json && output === null) {
    out(document())
    return
  }
  const text =
    format === 'csv'
      ? await exportCsv(records)
      : format === 'json'
        ? document()
        : records.map((record) => `${JSON.stringify(record)}\n`).join('')
  if (output === null) out(text)
  else {
    writeOutput(output, text, { force, recovery: ['mhv task export --help'] })
    if (json) out(`${JSON.stringify({ schema: 1, exported: records.length, output, problems })}\n`)
    else aside(`Exported ${records.length === 1 ? '1 task' : `${records.length} tasks`} to ${output}.`)
  }
  process.stderr.write(besideListing(asked))
}
