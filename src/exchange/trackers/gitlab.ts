import { missingColumns, readTable } from '../read-csv.ts'
import type { Warning } from '../source-record.ts'
import { estimateOfMinutes, listOf, type Mapping, mappingOf, readJsonValues, textIn, textOf, without } from './plain-values.ts' // biome-ignore format: one source
import { priorityByLabels, statusMeant, typeByLabels, typeMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'iid', 'title', 'description', 'state', 'labels', 'assignee', 'assignees', 'author', 'created_at', 'updated_at', 'closed_at',
  'closed_by', 'due_date', 'time_stats', 'weight', 'milestone', 'type', 'issue_type', 'web_url', 'references', 'notes',
] // biome-ignore format: a list
const OF_THE_API =
  /^(?:id|project_id|_links|task_completion_status|has_tasks|task_status|user_notes_count|blocking_issues_count|imported_from|moved_to_id|subscribed)$/

/** Issues as the REST API and `glab issue list --output json` have them, or the CSV that the list of issues exports. */
export async function readGitLab(files: readonly TrackerFile[]): Promise<TrackerTasks> {
  const [file] = files
  const isJson = /^\s*[[{]/.test(new TextDecoder().decode(file!.bytes.subarray(0, 200)))
  const warnings: Warning[] = []
  if (!isJson) return readGitLabCsv(file!)
  const { values, faults } = readJsonValues(file!.bytes)
  const tasks = values.flat(2).flatMap((value, i) => {
    const place = `item ${i + 1}`
    const issue = mappingOf(value)
    if (!isMergeRequest(issue)) return [taskOf(place, issue, warnings)]
    warnings.push({ place, kind: 'left_out', message: 'it is a merge request' })
    return []
  })
  return { tasks, faults, warnings }
}

/** `glab mr list` and the API write these much as issues. */
const isMergeRequest = (issue: Mapping) =>
  'source_branch' in issue || /\/merge_requests\/\d+$/.test(textOf(issue.web_url))

/** `group/project#7`, since numbers begin again in each project. */
function idOf(number: string, url: string, full = ''): string {
  const [, project] = /^https?:\/\/[^/]+\/(.+?)\/(?:-\/)?(?:issues|work_items)\/\d+/.exec(url) ?? []
  if (full.includes('#')) return full
  return project && number ? `${project}#${number}` : number
}

function taskOf(place: string, issue: Mapping, warnings: Warning[]): TrackerTask {
  const labels = listOf(issue.labels).map((label) => textOf(label) || textIn(label, 'name'))
  const kind = textIn(issue, 'issue_type', 'type').toLowerCase()
  const meant = statusMeant(textOf(issue.state) || 'open')
  const notes = listOf(issue.notes).filter((note) => mappingOf(note).system !== true)
  const told = typeof issue.user_notes_count === 'number' ? issue.user_notes_count : 0
  if (told > notes.length) {
    warnings.push({ place, kind: 'partial', message: `its ${told} comments are not in the file` })
  }
  const times = mappingOf(issue.time_stats)
  const milestone = mappingOf(issue.milestone)
  const rest = Object.entries(without(issue, TAKEN)).filter(
    ([key, value]) => !OF_THE_API.test(key) && value !== false && value !== 0,
  )
  const people = listOf(issue.assignees)
  return {
    place,
    fields: {
      id: idOf(textOf(issue.iid), textOf(issue.web_url), textIn(issue.references, 'full')) || undefined,
      title: issue.title,
      description: issue.description,
      status: meant.status,
      type: kind !== '' && kind !== 'issue' ? typeMeant(kind) : (typeByLabels(labels) ?? undefined),
      priority: priorityByLabels(labels) ?? undefined,
      created_at: issue.created_at,
      created_by: personOf(issue.author),
      closed_at: meant.status === 'closed' ? issue.closed_at : undefined,
      closed_by: personOf(issue.closed_by),
      updated_at: issue.updated_at,
      deadline: textOf(issue.due_date),
      estimate: estimateOf(times.time_estimate, issue.weight),
      labels,
      comments: notes.map((note) => {
        const { body, author, created_at: at } = mappingOf(note)
        return { text: body, by: personOf(author), at }
      }),
    },
    assignees: (people.length > 0 ? people : [issue.assignee]).map(personOf),
    metadata: {
      ...Object.fromEntries(rest),
      url: textOf(issue.web_url),
      milestone: textOf(milestone.title),
      milestone_due: textOf(milestone.due_date),
      epic: textIn(issue.epic, 'title') || undefined,
      iteration: textIn(issue.iteration, 'title') || undefined,
      weight: issue.weight,
      time_spent: seconds(times.total_time_spent),
    },
  }
}

const personOf = (person: unknown) => textOf(person) || textIn(person, 'username', 'name')
const seconds = (value: unknown) => (Number(value) > 0 ? `${Number(value)} s` : undefined)

/** An estimate of time where there is one; otherwise the weight is points. */
function estimateOf(time: unknown, weight: unknown): string | undefined {
  const points = textOf(weight)
  return estimateOfMinutes(Number(time) / 60) ?? (points !== '' ? `${points}pt` : undefined)
}

const COLUMNS = [
  'title', 'description', 'issue id', 'url', 'state', 'author', 'author username', 'assignee', 'assignee username', 'due date',
  'created at (utc)', 'updated at (utc)', 'closed at (utc)', 'milestone', 'weight', 'labels', 'time estimate', 'time spent',
] // biome-ignore format: a list

async function readGitLabCsv(file: TrackerFile): Promise<TrackerTasks> {
  const { headings, rows, faults } = await readTable(file.bytes, (headings) => {
    const missing = ['issue id', 'title', 'state'].filter(
      (key) => !headings.some((heading) => wordOf(heading) === key),
    )
    if (missing.length === 0) return null
    return { field: 'heading', rule: missingColumns(missing, headings.map(wordOf)) }
  })
  const tasks = rows.map(({ place, cells }) => {
    const row = Object.fromEntries(headings.map((heading, i) => [wordOf(heading), plainCell(cells[i] ?? '')]))
    return taskOfRow(place, row, headings)
  })
  const message = 'GitLab’s CSV holds no comments, links or parents of issues'
  return { tasks, faults, warnings: rows.length > 0 ? [{ place: 'file', kind: 'partial', message }] : [] }
}

const wordOf = (heading: string) => heading.trim().toLowerCase()
/** GitLab puts a quote before what a spreadsheet would take for a formula, such as a text that begins with a list. */
const plainCell = (cell: string) => cell.replace(/^'(?=[=+\-@;])/, '')

function taskOfRow(
  place: string,
  row: Readonly<Record<string, string>>,
  headings: readonly string[],
): TrackerTask {
  const cell = (key: string) => (row[key] ?? '').trim()
  const labels = cell('labels').split(',').map((label) => label.trim()).filter((label) => label !== '') // biome-ignore format: one step
  const meant = statusMeant(cell('state') || 'open')
  const rest = headings
    .map(wordOf)
    .filter((key) => !COLUMNS.includes(key) && !['', 'no', 'false'].includes(cell(key).toLowerCase()))
  return {
    place,
    fields: {
      id: idOf(cell('issue id'), cell('url')) || undefined,
      title: row.title,
      description: row.description,
      status: meant.status,
      type: typeByLabels(labels) ?? undefined,
      priority: priorityByLabels(labels) ?? undefined,
      created_at: cell('created at (utc)') || undefined,
      created_by: cell('author username') || cell('author'),
      closed_at: meant.status === 'closed' ? cell('closed at (utc)') || undefined : undefined,
      updated_at: cell('updated at (utc)') || undefined,
      deadline: cell('due date'),
      estimate: estimateOf(cell('time estimate'), cell('weight')),
      labels,
    },
    // One cell names all of them.
    assignees: (cell('assignee username') || cell('assignee')).split(',').map((person) => person.trim()),
    metadata: {
      ...Object.fromEntries(rest.map((key) => [key.replaceAll(' ', '_'), cell(key)])),
      url: cell('url'),
      milestone: cell('milestone'),
      weight: cell('weight'),
      time_spent: seconds(cell('time spent')),
    },
  }
}
