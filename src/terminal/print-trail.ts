import { type TrailEntry, trailCsv, trailHead } from '../audit/trail.ts'
import { openOutput } from '../output-file.ts'

export const TRAIL_FORMATS = ['jsonl', 'csv'] as const
export type TrailFormat = (typeof TRAIL_FORMATS)[number]

/** Where entries of the trail go as they are found: all of them may be more than fit into memory. */
export interface TrailPrinter {
  print(entries: readonly TrailEntry[]): Promise<void>
  /** @param more what the one document of `--json` says beside the entries */
  end(more: Record<string, unknown>): Promise<void>
  /** Leaves no half of a file, where entries cannot be found. */
  discard(): void
}

/** Waits until standard output has taken what was written, or nobody reads it any more. */
async function toStdout(text: string): Promise<void> {
  const { stdout } = process
  if (stdout.write(text) || !stdout.writableNeedDrain) return
  await new Promise<void>((resolve) => {
    const go = () => {
      stdout.off('drain', go).off('error', go).off('close', go)
      resolve()
    }
    stdout.on('drain', go).on('error', go).on('close', go)
  })
}

const asText = (format: TrailFormat, entries: readonly TrailEntry[]): string | Promise<string> =>
  format === 'csv' ? trailCsv(entries) : entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')

/**
 * @param output a file, or null for standard output
 * Errors, of each step: INVALID_INPUT for a file that is there or cannot be written, OUTPUT_FAILED.
 */
export async function trailPrinter(
  format: TrailFormat,
  output: string | null,
  force: boolean,
  json: boolean,
): Promise<TrailPrinter> {
  let count = 0
  const isDocument = json && output === null
  const file = output === null ? null : openOutput(output, { force, recovery: ['mhv audit --help'] })
  const out = async (text: string) => (file ? file.write(text) : toStdout(text))
  await out(isDocument ? '{"schema":1,"events":[' : format === 'csv' ? await trailHead() : '')
  return {
    async print(entries) {
      if (entries.length === 0) return
      const documents = entries.map((entry) => JSON.stringify(entry)).join(',')
      await out(isDocument ? `${count > 0 ? ',' : ''}${documents}` : await asText(format, entries))
      count += entries.length
    },
    async end(more) {
      file?.keep()
      if (isDocument) await out(`],${JSON.stringify({ total: count, ...more }).slice(1)}\n`)
      else if (json) await toStdout(`${JSON.stringify({ schema: 1, exported: count, output, ...more })}\n`)
      else if (output !== null)
        await toStdout(`Exported ${count === 1 ? '1 event' : `${count} events`} to ${output}.\n`)
    },
    discard: () => file?.discard(),
  }
}
