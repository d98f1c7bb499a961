import { MhvError } from '../../errors.ts'
import type { Tracker, TrackerFile } from '../../exchange/trackers/tracker-task.ts'
import type { FoundTracker } from '../../find-trackers.ts'
import type { ImportFormat } from '../../import-tasks.ts'
import { statOf } from '../../tracker-files.ts'
import { readInput } from '../input/read-input.ts'

interface Input {
  readonly file: string
  readonly bytes: Buffer
  readonly format: ImportFormat | null
  readonly tracker?: Tracker
  readonly files?: readonly TrackerFile[]
}

/**
 * What an import reads: a file, what a directory holds of a tracker, or, where nothing is named, what is found here.
 * @param from the tracker or `csv`, where it was said
 * @param format which only a file has
 * Errors: INVALID_INPUT.
 */
export async function importInput(
  file: string | undefined,
  from: string | undefined,
  format: ImportFormat | null,
): Promise<Input | { readonly found: readonly FoundTracker[] }> {
  const isCsv = from === 'csv'
  const tracker = from === undefined || isCsv ? null : (from as Tracker)
  if (file === undefined && (isCsv || format)) {
    throw new MhvError('USAGE', `Name the file of ${format ?? 'csv'} to import.`)
  }
  const isDirectory = file === undefined || (file !== '-' && statOf(file)?.isDirectory() === true)
  if (!isDirectory || isCsv || format) {
    const bytes = await readInput(file!)
    return { file: file!, bytes, format: isCsv ? 'csv' : format, ...(tracker ? { tracker } : {}) }
  }
  const { findAllTasks, findOnlyTracker, readFound } = await import('../../tracker-input.ts')
  // Nobody who only asks what there is has said that it is to be imported.
  if (file === undefined && tracker === null) return { found: await findAllTasks('.') }
  const only = await findOnlyTracker(file ?? '.', tracker)
  const input = readFound(file ?? '.', only)
  return {
    file: input.path,
    bytes: Buffer.alloc(0),
    format: null,
    tracker: input.tracker,
    files: input.files,
  }
}
