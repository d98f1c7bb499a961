import { printable } from '../../printable.ts'
import { readJson } from '../read-json.ts'
import type { Warning } from '../source-record.ts'
import { isMapping, listOf, type Mapping, mappingOf, textOf, without } from './plain-values.ts'
import { priorityMeant, statusMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'id', 'title', 'description', 'details', 'testStrategy', 'status', 'dependencies', 'priority', 'subtasks', 'updatedAt',
  'createdAt', 'parentTaskId', 'parentId',
] // biome-ignore format: a list
/** The list that a file without lists of its own is. */
const MASTER = 'master'

/** tasks.json: since 0.16 a list of tasks for each tag, before that one list. */
export function readTaskMaster([file]: readonly TrackerFile[]): TrackerTasks {
  const read = readJson(file!.bytes)
  if ('faults' in read) return { tasks: [], faults: read.faults, warnings: [] }
  const document = mappingOf(read.value)
  const lists = Array.isArray(document.tasks)
    ? [[MASTER, document] as const]
    : Object.entries(document).filter(([, list]) => Array.isArray(mappingOf(list).tasks))
  if (lists.length === 0) {
    const rule = 'has no list of tasks: {"tasks": […]} or {"master": {"tasks": […]}}'
    return { tasks: [], faults: [{ place: 'line 1', field: 'document', rule }], warnings: [] }
  }
  const warnings: Warning[] = []
  const tasks = lists.flatMap(([tag, list]) =>
    listOf(mappingOf(list).tasks).flatMap((task) =>
      withSubtasks(tag, isMapping(task) ? task : {}, '', warnings),
    ),
  )
  return { tasks, faults: [], warnings }
}

/** Ids are those of task-master; of other lists than the first they begin with the list's name. */
const idIn = (tag: string, id: string) => (tag === MASTER ? id : `${tag}/${id}`)

function withSubtasks(
  tag: string,
  task: Mapping,
  parent: string,
  warnings: Warning[],
  sisters: readonly unknown[] = [],
): TrackerTask[] {
  const own = textOf(task.id)
  const id = own === '' ? '' : parent === '' || own.startsWith(`${parent}.`) ? own : `${parent}.${own}`
  const below = listOf(task.subtasks).flatMap((subtask) =>
    withSubtasks(tag, isMapping(subtask) ? subtask : {}, id, warnings, listOf(task.subtasks)),
  )
  return [taskOf(tag, task, id, parent, warnings, sisters), ...below]
}

function taskOf(
  tag: string,
  task: Mapping,
  id: string,
  parent: string,
  warnings: Warning[],
  sisters: readonly unknown[],
): TrackerTask {
  const place = `task ${idIn(tag, id)}`
  const word = textOf(task.status)
  const meant = statusMeant(word || 'pending')
  const metadata: Record<string, unknown> = without(task, TAKEN)
  if (tag !== MASTER) metadata.tag = tag
  if (!meant.isExact) {
    metadata.status = word
    warnings.push({
      place,
      kind: 'status',
      message: `its status ${printable(word, 60)} is none of ours; metadata keeps it`,
    })
  }
  const priority = textOf(task.priority)
  const known = priorityMeant(priority)
  if (priority !== '' && !known) metadata.priority = priority
  // A number names a sister where there is one; text is the whole name.
  const isSister = (name: unknown) =>
    typeof name === 'number' && sisters.some((sister) => mappingOf(sister).id === name)
  const named = listOf(task.dependencies).map((name) =>
    idIn(tag, isSister(name) ? `${parent}.${textOf(name)}` : textOf(name)),
  )
  return {
    place,
    fields: {
      id: id === '' ? undefined : idIn(tag, id),
      title: task.title,
      description: task.description,
      status: meant.status,
      priority: known ?? undefined,
      created_at: textOf(task.createdAt) || undefined,
      updated_at: textOf(task.updatedAt) || undefined,
      labels: meant.label ? [meant.label] : [],
      depends_on: named,
      parent: parent === '' ? undefined : idIn(tag, parent),
    },
    sections: [
      { heading: 'Details', text: task.details },
      { heading: 'Test strategy', text: task.testStrategy },
    ],
    assignees: [task.assignee],
    metadata,
  }
}
