import { printable } from '../../printable.ts'
import type { Warning } from '../source-record.ts'
import { listOf, type Mapping, mappingOf, readJsonValues, textOf, without } from './plain-values.ts'
import { priorityMeant, statusMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'uuid', 'id', 'description', 'status', 'priority', 'tags', 'annotations', 'depends', 'entry', 'start', 'end', 'due', 'modified', 'urgency',
] // biome-ignore format: a list

/** What `task export` prints: a list, or before 2.6 and with `rc.json.array=off` an object on each line. */
export function readTaskwarrior([file]: readonly TrackerFile[]): TrackerTasks {
  const { values, faults } = readJsonValues(file!.bytes)
  const warnings: Warning[] = []
  const given = values.flat().map(mappingOf)
  const seen = latestIn(given)
  const tasks = given.map((task, i) => taskOf(`item ${i + 1}`, task, seen, warnings))
  return { tasks, faults, warnings }
}

/**
 * The latest time at which a task was written, as Taskwarrior has it: what a task waits for after that was still to come. Not
 * the clock, so that whoever imports a file makes the same tasks of it.
 */
const latestIn = (tasks: readonly Mapping[]): string =>
  tasks
    .flatMap(({ entry, modified, end }) => [entry, modified, end].map(textOf))
    .reduce((latest, at) => (at > latest ? at : latest), '')

/** `20261224T180000Z` as ISO 8601 has it; other text stays as it is, for the rules to refuse. */
function instantOf(value: unknown): string | undefined {
  const text = textOf(value)
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  if (year) return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  return text === '' ? undefined : text
}

/** Durations as Taskwarrior writes them, `PT3H` and `P2D`, where one unit says it. */
function estimateOf(value: unknown): string | null {
  const text = textOf(value)
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? []
  const parts = [days && `${days}d`, hours && `${hours}h`, minutes && `${minutes}m`].filter((part) => part)
  if (parts.length === 1) return parts[0]!
  return /^\d+(?:\.\d+)?\s*(?:m|min|h|d|w|pt)?$/.test(text) ? text : null
}

function taskOf(place: string, task: Mapping, seen: string, warnings: Warning[]): TrackerTask {
  const word = textOf(task.status)
  const isDeleted = word === 'deleted'
  const repeats = word === 'recurring' || textOf(task.recur) !== ''
  const meant =
    isDeleted || word === 'recurring'
      ? { status: isDeleted ? 'cancelled' : 'pending', isExact: true }
      : // Since 2.6 the status says nothing of it: `wait` does.
        statusMeant(word === 'pending' && textOf(task.wait) > seen ? 'waiting' : word || 'pending')
  const metadata: Record<string, unknown> = without(task, TAKEN)
  for (const key of ['wait', 'scheduled', 'until'])
    if (key in metadata) metadata[key] = instantOf(metadata[key])
  const warn = (kind: Warning['kind'], message: string) => warnings.push({ place, kind, message })
  if (!meant.isExact) {
    metadata.status = word
    warn('status', `its status ${printable(word, 60)} is none of ours; metadata keeps it`)
  }
  if (repeats) warn('repeats', 'it repeats in Taskwarrior, which no task here does; metadata keeps the rule')
  const priority = textOf(task.priority)
  const known = priorityMeant(priority)
  if (priority !== '' && !known) metadata.priority = priority
  const estimate = estimateOf(task.estimate)
  if (estimate) delete metadata.estimate
  const isOver = meant.status === 'closed' || isDeleted
  const start = instantOf(task.start)
  const labels = [
    ...listOf(task.tags),
    ...('label' in meant && meant.label ? [meant.label] : []),
    ...(word === 'recurring' ? ['recurring'] : []),
  ]
  return {
    place,
    fields: {
      id: task.uuid,
      title: task.description,
      status: start && !isOver ? 'in_progress' : meant.status,
      reason: isDeleted ? 'deleted' : undefined,
      priority: known ?? undefined,
      created_at: instantOf(task.entry),
      started_at: start,
      closed_at: isOver ? instantOf(task.end) : undefined,
      updated_at: instantOf(task.modified),
      deadline: instantOf(task.due),
      estimate: estimate ?? undefined,
      labels,
      // A list since 2.6, one text before.
      depends_on: typeof task.depends === 'string' ? task.depends.split(',') : listOf(task.depends),
      comments: listOf(task.annotations).map((annotation) => {
        const { description: text, entry } = mappingOf(annotation)
        return { text, at: instantOf(entry) }
      }),
    },
    metadata,
  }
}
