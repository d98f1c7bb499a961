import { parse } from 'yaml'
import { printable } from '../../printable.ts'
import { decoded } from '../decode-text.ts'
import type { Fault, Warning } from '../source-record.ts'
import { readBacklogBody } from './backlog-body.ts'
import { readFrontMatter } from './front-matter.ts'
import { listOf, type Mapping, mappingOf, textOf, without } from './plain-values.ts'
import { priorityMeant, statusMeant, typeMeant, wordOf } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'id', 'title', 'status', 'assignee', 'reporter', 'created_date', 'updated_date', 'due_date', 'labels', 'dependencies',
  'priority', 'type', 'parent_task_id', 'milestone', 'subtasks',
] // biome-ignore format: a list
/** Folders of tasks, below the folder of the tracker. */
export const BACKLOG_FOLDERS = ['tasks', 'drafts', 'completed', 'archive/tasks', 'archive/drafts'] as const
const isTask = ({ path }: TrackerFile) =>
  BACKLOG_FOLDERS.some((folder) => path.startsWith(`${folder}/`)) && path.endsWith('.md')

/** The files of a folder of Backlog.md: tasks as Markdown, its configuration and its milestones. */
export function readBacklog(files: readonly TrackerFile[]): TrackerTasks {
  const names = { statuses: statusesOf(files), milestones: milestonesOf(files) }
  const faults: Fault[] = []
  const warnings: Warning[] = []
  const tasks: TrackerTask[] = []
  const seen = new Map<string, TrackerTask>()
  // Of an id that was given again the archived task is the other one.
  for (const file of files.filter(isTask).sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))) {
    const read = readFrontMatter(file)
    if ('fault' in read) {
      faults.push(read.fault)
      continue
    }
    const id = textOf(read.head.id).toUpperCase()
    const isAgain = id !== '' && seen.has(id) && file.path.startsWith('archive/')
    const task = taskOf(file.path, isAgain ? `archive/${id}` : id, read, names, warnings)
    seen.set(id, task)
    tasks.push(task)
  }
  return { tasks: withParents(tasks, seen), faults, warnings }
}

const rank = ({ path }: TrackerFile) => BACKLOG_FOLDERS.findIndex((folder) => path.startsWith(`${folder}/`))

/** The statuses of a project in their order: the first is where tasks begin, the last where they end. */
function statusesOf(files: readonly TrackerFile[]): readonly string[] {
  const config = files.find(({ path }) => /^(?:config|backlog\.config)\.ya?ml$/.test(path))
  if (!config) return []
  try {
    return listOf(mappingOf(parse(decoded(config.bytes) ?? '')).statuses).map((status) =>
      wordOf(textOf(status)),
    )
  } catch {
    return []
  }
}

function milestonesOf(files: readonly TrackerFile[]): ReadonlyMap<string, string> {
  const heads = files
    .filter(({ path }) => /^(?:archive\/)?milestones\/.*\.md$/.test(path))
    .map(readFrontMatter)
    .flatMap((read) => ('head' in read ? [read.head] : []))
  return new Map(heads.map((head) => [textOf(head.id), textOf(head.title)]))
}

interface Names {
  readonly statuses: readonly string[]
  readonly milestones: ReadonlyMap<string, string>
}

function statusOf(path: string, word: string, { statuses }: Names) {
  if (path.startsWith('archive/')) return { status: 'archived', isExact: true }
  if (path.startsWith('drafts/')) return { status: 'draft', isExact: true }
  if (path.startsWith('completed/')) return { status: 'closed', isExact: true }
  const meant = statusMeant(word || 'open')
  if (meant.isExact) return meant
  const at = statuses.indexOf(wordOf(word))
  if (at === 0) return { status: 'pending', isExact: false }
  if (at > 0 && at === statuses.length - 1) return { status: 'closed', isExact: false }
  return at > 0 && meant.status === 'pending' ? { status: 'in_progress', isExact: false } : meant
}

const withoutAt = (value: unknown) => textOf(value).replace(/^@/, '')
const peopleOf = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]).map(withoutAt)

function taskOf(
  path: string,
  id: string,
  { head, body }: { readonly head: Mapping; readonly body: string },
  names: Names,
  warnings: Warning[],
): TrackerTask {
  const parts = readBacklogBody(body)
  const word = textOf(head.status)
  const meant = statusOf(path, word, names)
  const metadata: Record<string, unknown> = without(head, TAKEN)
  if (!meant.isExact) {
    metadata.status = word
    warnings.push({
      place: path,
      kind: 'status',
      message: `its status ${printable(word, 60)} is none of ours; metadata keeps it`,
    })
  }
  const milestone = textOf(head.milestone)
  const title = names.milestones.get(milestone)
  metadata.milestone = title ?? milestone
  if (title) metadata.milestone_id = milestone
  // They are asked for at the end as well; metadata tells which of the criteria they were.
  metadata.definition_of_done = parts.definitionOfDone.map(({ text }) => text)
  const priority = textOf(head.priority)
  const known = priorityMeant(priority)
  if (priority !== '' && !known) metadata.priority = priority
  return {
    place: path,
    fields: {
      id: id === '' ? undefined : id,
      title: head.title,
      description: parts.description,
      status: meant.status,
      type: textOf(head.type) === '' ? undefined : typeMeant(textOf(head.type)),
      priority: known ?? undefined,
      created_at: textOf(head.created_date) || undefined,
      created_by: withoutAt(head.reporter),
      updated_at: textOf(head.updated_date) || undefined,
      deadline: textOf(head.due_date),
      labels: [...listOf(head.labels), ...('label' in meant && meant.label ? [meant.label] : [])],
      depends_on: listOf(head.dependencies).map((name) => textOf(name).toUpperCase()),
      parent: textOf(head.parent_task_id).toUpperCase() || undefined,
      criteria: [...parts.criteria, ...parts.definitionOfDone],
      comments: parts.comments.map((comment) => ({ ...comment, by: withoutAt(comment.by) })),
    },
    sections: parts.sections,
    assignees: peopleOf(head.assignee),
    metadata,
  }
}

/** Older versions tell a subtask's parent by its number alone: TASK-7.2 is a part of TASK-7. */
function withParents(tasks: readonly TrackerTask[], byId: ReadonlyMap<string, TrackerTask>): TrackerTask[] {
  return tasks.map((task) => {
    const above = /^(.+)\.\d+$/.exec(textOf(task.fields.id))?.[1]
    if (task.fields.parent || !above || !byId.has(above)) return task
    return { ...task, fields: { ...task.fields, parent: above } }
  })
}
