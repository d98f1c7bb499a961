import { printable } from '../../printable.ts'
import type { Warning } from '../source-record.ts'
import {
  isMapping,
  listOf,
  type Mapping,
  mappingOf,
  readJsonValues,
  textIn,
  textOf,
  without,
} from './plain-values.ts'
import { priorityByLabels, statusMeant, typeByLabels } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = ['id', 'human_id', 'create_time', 'edit_time', 'status', 'labels', 'title', 'author', 'actors', 'participants', 'comments', 'metadata'] // biome-ignore format: a list

/**
 * What git-bug prints as JSON: of `git bug bug show` one whole bug, or several one after the other; of `git bug bug` a
 * list without texts.
 */
export function readGitBug([file]: readonly TrackerFile[]): TrackerTasks {
  const { values, faults } = readJsonValues(file!.bytes)
  const warnings: Warning[] = []
  const tasks = values
    .flat()
    .map((value, i) => taskOf(`item ${i + 1}`, isMapping(value) ? value : {}, warnings))
  return { tasks, faults, warnings }
}

/** Old versions write the time alone, later ones beside its other forms. */
const timeOf = (value: unknown) => textOf(value) || textIn(value, 'time')

function taskOf(place: string, bug: Mapping, warnings: Warning[]): TrackerTask {
  const word = textOf(bug.status)
  const meant = statusMeant(word || 'open')
  const warn = (kind: Warning['kind'], message: string) => warnings.push({ place, kind, message })
  const metadata: Record<string, unknown> = { ...mappingOf(bug.metadata), ...without(bug, TAKEN) }
  const people = listOf(bug.participants).map((person) => textIn(person, 'name', 'login'))
  if (people.length > 1) metadata.participants = people
  if (!meant.isExact) {
    metadata.status = word
    warn('status', `its status ${printable(word, 60)} is none of ours; metadata keeps it`)
  }
  const [first, ...comments] = listOf(bug.comments)
  if (typeof bug.comments === 'number' && bug.comments > 0) {
    warn(
      'partial',
      'its description and comments are not in this list; git bug bug show --format json has them',
    )
  } else if (comments.length > 0) {
    warn('partial', 'its comments have no times in what git-bug prints; they count as made with it')
  }
  const labels = listOf(bug.labels).map(textOf)
  return {
    place,
    fields: {
      id: bug.id,
      title: bug.title,
      // The first comment of a bug is what it was opened with.
      description: mappingOf(first).message,
      status: meant.status,
      type: typeByLabels(labels) ?? undefined,
      priority: priorityByLabels(labels) ?? undefined,
      created_at: timeOf(bug.create_time) || undefined,
      created_by: textIn(bug.author, 'name', 'login'),
      updated_at: timeOf(bug.edit_time) || undefined,
      labels,
      comments: comments.map((comment) => ({
        text: mappingOf(comment).message,
        by: textIn(mappingOf(comment).author, 'name', 'login'),
      })),
    },
    metadata,
  }
}
