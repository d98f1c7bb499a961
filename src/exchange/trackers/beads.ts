import { printable } from '../../printable.ts'
import { readJsonLines } from '../read-json.ts'
import type { Warning } from '../source-record.ts'
import { checklistOf, deadlineOf, estimateOfMinutes, isMapping, listOf, type Mapping, mappingOf, readJsonValues, textOf, without } from './plain-values.ts' // biome-ignore format: one source
import { statusMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'id', '_type', 'title', 'description', 'design', 'acceptance_criteria', 'notes', 'status', 'priority', 'issue_type', 'assignee',
  'estimated_minutes', 'created_at', 'created_by', 'updated_at', 'started_at', 'closed_at', 'close_reason', 'due_at', 'labels',
  'dependencies', 'comments', 'deleted_at', 'deleted_by', 'delete_reason', 'original_type', 'dependency_count', 'dependent_count',
  'comment_count',
] // biome-ignore format: a list
/** What Beads writes for itself into every line, where it says nothing. */
const ZERO = ['compaction_level', 'original_size']

/** People and programs write it above a field that is called so already. */
const OWN_HEADING = /^#+\s*acceptance criteria:?\s*\n/i

/** Issues of Beads: a line of JSON for each, or the list that `bd list --json` prints. */
export function readBeads([file]: readonly TrackerFile[]): TrackerTasks {
  const isList = /^\s*\[/.test(new TextDecoder().decode(file!.bytes.subarray(0, 200)))
  const { records, faults } = isList ? listRecords(file!.bytes) : readJsonLines(file!.bytes)
  const tasks: TrackerTask[] = []
  const warnings: Warning[] = []
  for (const { place, value } of records) {
    const issue = mappingOf(value)
    const kind = textOf(issue._type)
    if (kind !== '' && kind !== 'issue') {
      warnings.push({
        place,
        kind: 'left_out',
        message: `it is a ${printable(kind, 60)} of Beads, not an issue`,
      })
      continue
    }
    tasks.push(taskOf(place, isMapping(value) ? value : {}, warnings))
  }
  return { tasks, faults, warnings }
}

function listRecords(bytes: Uint8Array) {
  const { values, faults } = readJsonValues(bytes)
  const records = values.flat().map((value, i) => ({ place: `item ${i + 1}`, value }))
  return { records, faults }
}

function taskOf(place: string, issue: Mapping, warnings: Warning[]): TrackerTask {
  const isDeleted = issue.status === 'tombstone'
  const word = textOf(issue.status)
  const meant = isDeleted ? { status: 'cancelled', isExact: true } : statusMeant(word || 'open')
  const metadata: Record<string, unknown> = without(issue, TAKEN)
  for (const key of ZERO) if (issue[key] === 0) delete metadata[key]
  if (!meant.isExact) {
    metadata.status = word
    warnings.push({
      place,
      kind: 'status',
      message: `its status ${printable(word, 60)} is none of ours; metadata keeps it`,
    })
  }
  const acceptance = textOf(issue.acceptance_criteria).replace(OWN_HEADING, '')
  const criteria = checklistOf(acceptance)
  const why = isDeleted ? textOf(issue.delete_reason) || 'deleted' : textOf(issue.close_reason)
  const estimate =
    typeof issue.estimated_minutes === 'number' ? estimateOfMinutes(issue.estimated_minutes) : null
  const lost = lostOf(listOf(issue.dependencies))
  if (lost.length > 0) {
    warnings.push({ place, kind: 'dropped', message: `its dependencies lose ${lost.join(', ')}` })
  }
  return {
    place,
    fields: {
      id: issue.id,
      title: issue.title,
      description: issue.description,
      status: meant.status,
      priority: issue.priority,
      type: isDeleted && issue.original_type ? issue.original_type : issue.issue_type,
      reason: ['closed', 'cancelled'].includes(meant.status) ? why : undefined,
      created_at: issue.created_at,
      created_by: issue.created_by,
      started_at: issue.started_at,
      closed_at: isDeleted ? (issue.deleted_at ?? issue.closed_at) : issue.closed_at,
      closed_by: isDeleted ? issue.deleted_by : undefined,
      updated_at: issue.updated_at,
      deadline: deadlineOf(issue.due_at),
      estimate: estimate ?? undefined,
      labels: [...listOf(issue.labels), ...('label' in meant && meant.label ? [meant.label] : [])],
      criteria: criteria ?? [],
      deps: listOf(issue.dependencies).map((dependency) => ({
        id: mappingOf(dependency).depends_on_id ?? mappingOf(dependency).id,
        type: mappingOf(dependency).type ?? mappingOf(dependency).dependency_type ?? 'blocks',
      })),
      comments: listOf(issue.comments).map((comment) => {
        const { text, author, created_at: at } = mappingOf(comment)
        return { text, by: author, at }
      }),
    },
    sections: [
      { heading: 'Design', text: issue.design },
      { heading: 'Acceptance criteria', text: criteria ? '' : acceptance },
      { heading: 'Notes', text: issue.notes },
    ],
    assignees: [issue.assignee],
    metadata,
  }
}

/** Who made a dependency, and when, has no place here. */
function lostOf(dependencies: readonly unknown[]): string[] {
  const keys = dependencies.flatMap((dependency) =>
    Object.entries(mappingOf(dependency))
      .filter(
        ([key, value]) =>
          ['created_at', 'created_by', 'metadata'].includes(key) &&
          !['', '{}', null].includes(value as string),
      )
      .map(([key]) => key),
  )
  return [...new Set(keys)]
}
