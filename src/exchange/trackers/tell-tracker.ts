import { isMapping, listOf, type Mapping, mappingOf, readJsonValues } from './plain-values.ts'
import type { Tracker, TrackerFile } from './tracker-task.ts'

/** Which tracker wrote a file, by what it holds; null where it is none of them, or no way to tell. */
export function tellTracker({ path, bytes }: TrackerFile): Tracker | null {
  if (/\.csv$/i.test(path)) return ofHeading(bytes)
  if (/\.(?:jsonl|ndjson)$/i.test(path)) return ofJson(firstLine(bytes))
  if (!/^\s*[[{]/.test(new TextDecoder().decode(bytes.subarray(0, 200)))) return ofHeading(bytes)
  return ofJson(bytes)
}

function firstLine(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(10)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function ofHeading(bytes: Uint8Array): Tracker | null {
  const heading = new TextDecoder().decode(firstLine(bytes)).toLowerCase()
  const columns = heading.split(/[,;\t]/).map((name) => name.replaceAll('"', '').trim())
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name))
  if (has('summary') && (has('issue key') || has('work item key'))) return 'jira'
  if (has('issue id', 'url', 'state') || has('issue id', 'created at (utc)')) return 'gitlab'
  return null
}

const RULES: readonly (readonly [Tracker, (task: Mapping) => boolean])[] = [
  // Our own exports, which may hold fields of any tracker, are none.
  ['beads', (task) => 'issue_type' in task && 'id' in task && !('iid' in task) && !isMapping(task.source)],
  ['beads', (task) => task._type === 'issue' || task._type === 'memory'],
  ['taskwarrior', (task) => 'uuid' in task && 'entry' in task && 'description' in task],
  ['git-bug', (task) => 'human_id' in task && 'create_time' in task],
  ['jira', (task) => typeof task.key === 'string' && isMapping(task.fields)],
  ['gitlab', (task) => 'iid' in task && 'title' in task],
  ['github', (task) => 'number' in task && 'title' in task && !('source' in task) && OF_GITHUB.some((key) => key in task)],
] // biome-ignore format: a table

/** Fields of which gh prints those that were asked for; none is a name of ours. */
const OF_GITHUB = ['state', 'url', 'html_url', 'body', 'author', 'assignees', 'milestone', 'createdAt', 'updatedAt', 'closedAt'] // biome-ignore format: a list

function ofJson(bytes: Uint8Array): Tracker | null {
  const { values } = readJsonValues(bytes)
  const [document] = values
  const inside = mappingOf(document)
  const isJira =
    Array.isArray(inside.issues) && listOf(inside.issues).every((issue) => isMapping(mappingOf(issue).fields))
  if (isJira) return 'jira'
  if (isTaskMaster(inside)) return 'task-master'
  const list = Array.isArray(inside.items) ? inside.items : [document]
  const task = mappingOf(list.flat(2)[0])
  return RULES.find(([, isSo]) => isSo(task))?.[0] ?? null
}

function isTaskMaster(document: Mapping): boolean {
  const lists = Array.isArray(document.tasks) ? [document] : Object.values(document).map(mappingOf)
  const tasks = lists.flatMap((list) => listOf(list.tasks)).map(mappingOf)
  if (tasks.length === 0) return false
  return tasks.every((task) => 'id' in task && 'dependencies' in task && ('details' in task || 'testStrategy' in task || 'subtasks' in task)) // biome-ignore format: one rule
}
