import { readTable } from '../read-csv.ts'
import type { Warning } from '../source-record.ts'
import { type Edge, withEdges } from './inverse-edges.ts'
import { jiraStatus, jiraTime, pointsOf } from './jira-words.ts'
import { estimateOfMinutes } from './plain-values.ts'
import { priorityMeant, typeMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

/** A row: the cells that are not empty under each heading, since Jira repeats a heading for each value. */
type Row = ReadonlyMap<string, readonly string[]>

const KEY = ['issue key', 'work item key', 'key']
const TYPE = ['issue type', 'work type', 'work item type']
const PARENT = ['parent key', 'parent', 'parent id', 'custom field (epic link)', 'epic link']
const POINTS = ['custom field (story points)', 'custom field (story point estimate)', 'story points']
const TAKEN = [
  ...KEY, ...TYPE, ...PARENT, ...POINTS, 'issue id', 'work item id', 'summary', 'description', 'status', 'status category', 'resolution',
  'priority', 'assignee', 'reporter', 'creator', 'created', 'updated', 'resolved', 'due date', 'labels', 'comment', 'sprint',
  'original estimate', 'project name', 'project type', 'project lead', 'project lead id', 'project description', 'project url',
  'last viewed', 'work ratio', 'votes', 'status category changed', 'custom field (rank)', 'parent summary', 'σ original estimate', 'σ remaining estimate', 'σ time spent',
  'inward issue link (blocks)', 'outward issue link (blocks)',
] // biome-ignore format: a list

/** The table that Jira exports with all fields. */
export async function readJiraCsv(file: TrackerFile): Promise<TrackerTasks> {
  const { headings, rows, faults } = await readTable(file.bytes, (headings) => {
    const names = headings.map((heading) => heading.trim().toLowerCase())
    const hasKey = KEY.some((key) => names.includes(key))
    const missing = [...(hasKey ? [] : ['Issue key']), ...(names.includes('summary') ? [] : ['Summary'])]
    if (missing.length === 0) return null
    const hint = 'Jira names columns in the language of your profile: set it to English, and export again'
    return { field: 'heading', rule: `has no column ${missing.join(' and no ')}; ${hint}` }
  })
  const keys = headings.map((heading) => heading.trim().toLowerCase())
  const read = rows.map(({ place, cells }) => ({ place, row: rowOf(keys, cells) }))
  // Rows name a parent by its number, which means nothing outside; its key is in the row of the parent.
  const keyOfId = new Map(read.map(({ row }) => [first(row, 'issue id', 'work item id'), first(row, ...KEY)]))
  const warnings: Warning[] = []
  const edges: Edge[] = []
  const people = peopleOf(read.map(({ row }) => row))
  const tasks = read.map(({ place, row }) => taskOf(place, row, { keyOfId, people }, warnings, edges))
  return { tasks: withEdges(tasks, edges), faults, warnings }
}

function rowOf(keys: readonly string[], cells: readonly string[]): Row {
  const row = new Map<string, string[]>()
  for (const [i, cell] of cells.entries()) {
    if (cell.trim() === '') continue
    const known = row.get(keys[i]!)
    if (known) known.push(cell)
    else row.set(keys[i]!, [cell])
  }
  return row
}

const first = (row: Row, ...names: readonly string[]) =>
  names.map((name) => row.get(name)?.[0]?.trim()).find((cell) => cell) ?? ''

/** Names of people by their accounts, which comments and mentions name alone. */
type People = ReadonlyMap<string, string>

/** A column of accounts, `Assignee Id`, is as long as the one of names that it belongs to. */
function peopleOf(rows: readonly Row[]): People {
  const pairs = rows.flatMap((row) =>
    [...row].flatMap(([heading, names]) => {
      const accounts = row.get(`${heading} id`) ?? []
      return accounts.length === names.length
        ? accounts.map((account, i) => [account, names[i]!] as const)
        : []
    }),
  )
  return new Map(pairs.filter(([account]) => /^(?:[\da-f]{24}|\d+:[\da-f-]{36})$/.test(account)))
}

const withNames = (text: string, people: People) =>
  text.replace(/\[~accountid:([^\]]+)\]/g, (mention, account: string) => {
    const name = people.get(account)
    return name === undefined ? mention : `@${name}`
  })

/** A comment is its time, its author and its text in one cell. */
function commentOf(cell: string, people: People) {
  const [, at, by, text] = /^([^;]*);([^;]*);(.*)$/s.exec(cell) ?? []
  if (at === undefined || !/\d/.test(at)) return { text: withNames(cell, people) }
  return { text: withNames(text!, people), by: people.get(by!) ?? by, at: jiraTime(at) }
}

/** Relations other than of blocking, by the name of the link: `Outward issue link (Relates)`. */
function relationsOf(row: Row): { id: string; type: string }[] {
  return [...row].flatMap(([heading, cells]) => {
    const type = /^(?:in|out)ward issue link \((.+)\)$/.exec(heading)?.[1]
    return type && type !== 'blocks' ? cells.map((id) => ({ id: id.trim(), type })) : []
  })
}

/** `Custom field (Team)` is Team; several values are a list. */
function metadataOf(row: Row): Record<string, unknown> {
  const rest = [...row].filter(
    ([heading]) => !TAKEN.includes(heading) && !/^(?:in|out)ward issue link/.test(heading),
  )
  return Object.fromEntries(
    rest.map(([heading, cells]) => [
      heading
        .replace(/^custom field \((.*)\)(?=(?:id)?$)/, '$1 ')
        .trim()
        .replace(/\s+/g, '_'),
      cells.length === 1 ? cells[0] : cells,
    ]),
  )
}

function taskOf(
  place: string,
  row: Row,
  { keyOfId, people }: { keyOfId: ReadonlyMap<string, string>; people: People },
  warnings: Warning[],
  edges: Edge[],
): TrackerTask {
  const cell = (...names: readonly string[]) => first(row, ...names)
  const key = cell(...KEY)
  const stands = jiraStatus(
    { place, status: cell('status'), category: cell('status category'), resolution: cell('resolution') },
    warnings,
  )
  const parent = cell(...PARENT)
  if (parent) edges.push({ from: key, to: keyOfId.get(parent) ?? parent, type: 'parent-child' })
  for (const other of row.get('inward issue link (blocks)') ?? [])
    edges.push({ from: key, to: other.trim(), type: 'blocks' })
  for (const other of row.get('outward issue link (blocks)') ?? [])
    edges.push({ from: other.trim(), to: key, type: 'blocks' })
  const priority = cell('priority')
  const due = jiraTime(cell('due date'))
  const [creator, reporter] = [cell('creator'), cell('reporter')]
  const sprints = row.get('sprint') ?? []
  return {
    place,
    fields: {
      id: key || undefined,
      title: cell('summary'),
      description: withNames(row.get('description')?.[0] ?? '', people),
      status: stands.status,
      reason: stands.reason,
      type: cell(...TYPE) ? typeMeant(cell(...TYPE)) : undefined,
      priority: priorityMeant(priority) ?? undefined,
      created_at: jiraTime(cell('created')) || undefined,
      created_by: creator || reporter,
      closed_at: ['closed', 'cancelled'].includes(stands.status)
        ? jiraTime(cell('resolved')) || undefined
        : undefined,
      updated_at: jiraTime(cell('updated')) || undefined,
      // Jira has days only, and writes them with the time of midnight.
      deadline: due.slice(0, 10),
      estimate: estimateOfMinutes(Number(cell('original estimate')) / 60) ?? pointsOf(cell(...POINTS)),
      labels: (row.get('labels') ?? []).flatMap((label) => label.split(/\s+/)),
      deps: relationsOf(row),
      comments: (row.get('comment') ?? []).map((cell) => commentOf(cell, people)),
    },
    assignees: [cell('assignee')],
    metadata: {
      ...metadataOf(row),
      status: stands.word,
      reporter: reporter !== creator && creator !== '' ? reporter : undefined,
      priority: priorityMeant(priority) ? undefined : priority,
      project: cell('project name'),
      sprint: sprints,
      story_points: cell(...POINTS) || undefined,
    },
  }
}
