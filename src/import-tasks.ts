import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import { OWN_SYSTEM, sourceSystem } from '../schemas/exchange.ts'
import { MhvError, shellWord } from './errors.ts'
import { addLate } from './exchange/add-late.ts'
import { inUtf8 } from './exchange/decode-text.ts'
import { fieldWarnings } from './exchange/meant-field.ts'
import { type ImportPlan, planImport, systemsOf } from './exchange/plan-import.ts'
import { readJsonDocument, readJsonLines } from './exchange/read-json.ts'
import { readSourceFile } from './exchange/source-file.ts'
import type { ReadRecords } from './exchange/source-record.ts'
import type { Tracker, TrackerFile } from './exchange/trackers/tracker-task.ts'
import { taskTrailers, write } from './handle.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import type { TaskStore } from './store/task-store.ts'
import type { Environment } from './tasks/seal.ts'

export const IMPORT_FORMATS = ['jsonl', 'json', 'csv'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

export interface ImportOptions {
  /** The file's name, or - for standard input, and what is in it. */
  readonly file: string
  readonly bytes: Buffer
  readonly format: ImportFormat | null
  /** Whose tool wrote it, and of a tracker of many files all of them; told by what is in it where neither is said. */
  readonly tracker?: Tracker | null
  readonly files?: readonly TrackerFile[]
  /** The system's name where the file does not say it; the tracker's, or the file's own name, unless given. */
  readonly source: string | null
  readonly dryRun: boolean
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Imports the tasks of a file in one commit, all or nothing. Tasks that are here already stay as they are, but for
 * dependencies and parents that only lead to a task now.
 * Errors: INVALID_INPUT, IMPORT_REJECTED; those of write.
 */
export async function importTasks(
  store: TaskStore,
  environment: Environment,
  options: ImportOptions,
): Promise<ImportPlan> {
  const { read, system } = await readRecords(options)
  const file = readSourceFile(read, system)
  const planOn = async (view: Snapshot): Promise<ImportPlan> => {
    const plan = planImport(file, view, environment, digest)
    const read = await store.load(
      view,
      plan.late.map(({ id }) => id),
    )
    return addLate(plan, new Map([...read].map(([id, { log }]) => [id, log])), environment)
  }
  if (options.dryRun) return planOn(await store.view())
  const written = await write(store, environment, async (view) => {
    const plan = await planOn(view)
    return { result: plan, logs: plan.logs, message: commitMessage(plan) }
  })
  return written.result
}

/** The records of a file, and the system that they are of unless they say it. Errors: INVALID_INPUT. */
async function readRecords(options: ImportOptions): Promise<{ read: ReadRecords; system: string }> {
  const { file } = options
  const bytes = inUtf8(options.bytes)
  if (options.format === null) {
    const { trackerOf, readTracker } = await import('./exchange/read-tracker.ts')
    const files = options.files ?? [{ path: file, bytes }]
    const told = options.files ? null : trackerOf(files[0]!)
    const { tracker = told } = options
    if (tracker && told && tracker !== told) throw otherTracker(file, tracker, told)
    if (tracker) {
      return { read: await readTracker(tracker, files), system: options.source ? systemOf(options) : tracker }
    }
  }
  const read = await readOwnRecords(file, bytes, options.format)
  return { read: { ...read, warnings: fieldWarnings(read.records) }, system: systemOf(options) }
}

/** The records of a file that no tracker wrote, in UTF-8. */
export async function readOwnRecords(
  file: string,
  bytes: Uint8Array,
  format: ImportFormat | null,
): Promise<ReadRecords> {
  switch (format ?? formatOf(file, bytes)) {
    case 'csv':
      return (await import('./exchange/read-csv.ts')).readCsv(bytes)
    case 'json':
      return readJsonDocument(bytes)
    case 'jsonl':
      return readJsonLines(bytes)
  }
}

function otherTracker(file: string, tracker: Tracker, told: Tracker): MhvError {
  return new MhvError('INVALID_INPUT', `The file ${JSON.stringify(file)} is of ${told}, not of ${tracker}.`, {
    recovery: [`mhv task import ${shellWord(file)} --from ${told}`],
    data: { field: 'from', value: tracker, tracker: told },
  })
}

/** By the name's ending where it has one, otherwise by how the text begins. */
function formatOf(file: string, bytes: Uint8Array): ImportFormat {
  const extension = extname(file).toLowerCase()
  if (extension === '.jsonl' || extension === '.ndjson') return 'jsonl'
  if (extension === '.csv') return 'csv'
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536)).trimStart()
  if (start.startsWith('[')) return 'json'
  if (!start.startsWith('{')) return extension === '.json' ? 'json' : 'csv'
  // One object a line, or one object over the whole file: lines that begin as objects tell the first from the second.
  const isDocument = /^\{\s*"(?:schema|tasks)"\s*:/.test(start) || /^\{\s*\n/.test(start)
  return isDocument ? 'json' : 'jsonl'
}

/** Errors: INVALID_INPUT. */
function systemOf({ source, file }: ImportOptions): string {
  const stem = file === '-' ? 'stdin' : basename(file, extname(file)).replaceAll(':', '-')
  const name = sourceSystem.safeParse(source ?? stem)
  if (name.success && name.data !== OWN_SYSTEM) return name.data
  const rule = name.success ? 'is the name for tasks of mhv itself' : name.error.issues[0]?.message
  throw new MhvError('INVALID_INPUT', `The source ${JSON.stringify(source ?? stem)} ${rule}.`, {
    recovery: ['mhv task import --help'],
    data: { field: 'source', rule },
  })
}

function commitMessage(plan: ImportPlan): string {
  const trailers = taskTrailers(plan.logs.map(({ id }) => id))
  const what =
    plan.tasks.length > 0
      ? `TasksImported ${plan.tasks.length} from ${systemsOf(plan)}`
      : `DependencyAdded to ${plan.late.length} by an import`
  return `${what}\n\n${trailers.join('\n')}\n`
}
