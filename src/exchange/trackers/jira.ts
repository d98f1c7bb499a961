import type { Warning } from '../source-record.ts'
import { adfText } from './adf-text.ts'
import { type Edge, withEdges } from './inverse-edges.ts'
import { readJiraCsv } from './jira-csv.ts'
import { jiraStatus, pointsOf } from './jira-words.ts'
import { estimateOfMinutes, isMapping, listOf, type Mapping, mappingOf, readJsonValues, textIn, textOf, without } from './plain-values.ts' // biome-ignore format: one source
import { priorityMeant, typeMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'summary', 'description', 'issuetype', 'priority', 'status', 'resolution', 'resolutiondate', 'created', 'updated',
  'duedate', 'labels', 'assignee', 'reporter', 'creator', 'comment', 'parent', 'subtasks', 'issuelinks', 'timetracking',
  'timeoriginalestimate', 'project', 'statusCategory',
] // biome-ignore format: a list
/** What Jira counts for its own screens. */
const OF_THE_API =
  /^(?:aggregate.*|lastViewed|workratio|watches|votes|statuscategorychangedate|progress|thumbnail)$/

/** Issues of a search of the REST API, or the table that Jira exports. */
export async function readJira(files: readonly TrackerFile[]): Promise<TrackerTasks> {
  const [file] = files
  if (!/^\s*[[{]/.test(new TextDecoder().decode(file!.bytes.subarray(0, 200)))) return readJiraCsv(file!)
  const { values, faults } = readJsonValues(file!.bytes)
  const warnings: Warning[] = []
  const edges: Edge[] = []
  const pages = values.flat().map(mappingOf)
  const rest = saidOfRest(pages.at(-1))
  if (rest !== null) warnings.push({ place: 'The last page', kind: 'partial', message: rest })
  const found = pages.flatMap((page) =>
    (Array.isArray(page.issues) ? (page.issues as unknown[]) : [page]).map((issue) => ({
      issue,
      names: mappingOf(page.names),
    })),
  )
  const tasks = found.map(({ issue, names }, i) =>
    taskOf(`item ${i + 1}`, mappingOf(issue), names, warnings, edges),
  )
  return { tasks: withEdges(tasks, edges), faults, warnings }
}

/** That a search goes on after its last page in the file: pages of today name the next one, earlier ones count. */
function saidOfRest(page: Mapping | undefined): string | null {
  if (!page || !Array.isArray(page.issues)) return null
  if (page.isLast === false || textOf(page.nextPageToken) !== '') {
    return 'there is another page of the search, whose issues are not in the file'
  }
  const rest = Number(page.total ?? 0) - Number(page.startAt ?? 0) - page.issues.length
  return rest > 0 ? `${rest} more issues of the search are not in the file` : null
}

/** The work log of an issue without any, as the API pages through it. */
const isEmptyPage = (value: unknown) => isMapping(value) && value.total === 0

/** What a value says to people: its name, or those of a list. */
function simple(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(simple)
  if (!isMapping(value)) return value
  if (value.type === 'doc') return adfText(value)
  const name = textIn(value, 'displayName', 'name', 'value', 'key', 'filename')
  return name === '' ? value : name
}

/** Fields that each project makes for itself, by the names that a search with expand=names tells. */
function customOf(fields: Mapping, names: Mapping) {
  const named = Object.entries(fields)
    .filter(([key]) => key.startsWith('customfield_'))
    .map(([key, value]) => [textOf(names[key]) || key, value] as const)
  const find = (pattern: RegExp) => named.find(([name, value]) => pattern.test(name) && value !== null)?.[1]
  const sprints = named.find(([name, value]) => /^sprint$/i.test(name) || listOf(value).some(isSprint))
  return {
    points: textOf(find(/^story point(?:s| estimate)$/i)),
    epic: textOf(find(/^epic link$/i)),
    sprints: listOf(sprints?.[1]).map((sprint) => textIn(sprint, 'name') || (/\bname=([^,\]]+)/.exec(textOf(sprint))?.[1] ?? textOf(sprint))), // biome-ignore format: one step
    rest: named.filter(([name]) => name !== sprints?.[0] && !/^(?:epic link|rank)$/i.test(name)),
  }
}

const isSprint = (value: unknown) =>
  (isMapping(value) && 'boardId' in value) || /^com\.atlassian\.greenhopper/.test(textOf(value))

function edgesOf(
  key: string,
  fields: Mapping,
  parent: string,
): { edges: Edge[]; relations: { id: string; type: string }[] } {
  const edges: Edge[] = parent ? [{ from: key, to: parent, type: 'parent-child' }] : []
  for (const subtask of listOf(fields.subtasks)) {
    edges.push({ from: textIn(subtask, 'key'), to: key, type: 'parent-child' })
  }
  const relations: { id: string; type: string }[] = []
  for (const value of listOf(fields.issuelinks)) {
    const link = mappingOf(value)
    const [inward, outward] = [textIn(link.inwardIssue, 'key'), textIn(link.outwardIssue, 'key')]
    const type = textIn(link.type, 'name')
    if (type.toLowerCase() !== 'blocks') {
      relations.push({
        id: inward || outward,
        type: textIn(link.type, inward ? 'inward' : 'outward') || type,
      })
    } else
      edges.push(
        inward ? { from: key, to: inward, type: 'blocks' } : { from: outward, to: key, type: 'blocks' },
      )
  }
  return { edges, relations }
}

function taskOf(
  place: string,
  issue: Mapping,
  names: Mapping,
  warnings: Warning[],
  edges: Edge[],
): TrackerTask {
  const fields = mappingOf(issue.fields)
  const key = textOf(issue.key)
  const custom = customOf(fields, names)
  const stands = jiraStatus(
    {
      place,
      status: textIn(fields.status, 'name'),
      category: textIn(mappingOf(fields.status).statusCategory, 'key'),
      resolution: textIn(fields.resolution, 'name'),
    },
    warnings,
  )
  const told = edgesOf(key, fields, textIn(fields.parent, 'key') || custom.epic)
  edges.push(...told.edges)
  const comment = mappingOf(fields.comment)
  const comments = listOf(comment.comments)
  if (Number(comment.total) > comments.length) {
    warnings.push({
      place,
      kind: 'partial',
      message: `${Number(comment.total) - comments.length} of its comments are not in the file`,
    })
  }
  const priority = textIn(fields.priority, 'name')
  const seconds = Number(
    fields.timeoriginalestimate ?? mappingOf(fields.timetracking).originalEstimateSeconds,
  )
  const estimate = estimateOfMinutes(seconds / 60)
  const others = Object.entries(without(fields, TAKEN)).filter(
    ([name, value]) => !OF_THE_API.test(name) && !name.startsWith('customfield_') && !isEmptyPage(value),
  )
  return {
    place,
    fields: {
      id: key || undefined,
      title: fields.summary,
      description: adfText(fields.description),
      status: stands.status,
      reason: stands.reason,
      type: textIn(fields.issuetype, 'name') ? typeMeant(textIn(fields.issuetype, 'name')) : undefined,
      priority: priorityMeant(priority) ?? undefined,
      created_at: textOf(fields.created) || undefined,
      created_by: simple(fields.creator ?? fields.reporter),
      closed_at: ['closed', 'cancelled'].includes(stands.status)
        ? textOf(fields.resolutiondate) || undefined
        : undefined,
      updated_at: textOf(fields.updated) || undefined,
      deadline: textOf(fields.duedate),
      estimate: estimate ?? pointsOf(custom.points),
      labels: listOf(fields.labels),
      deps: told.relations,
      comments: comments.map((value) => {
        const { body, author, created } = mappingOf(value)
        return { text: adfText(body), by: simple(author), at: created }
      }),
    },
    assignees: [simple(fields.assignee)],
    metadata: {
      ...Object.fromEntries(others.map(([name, value]) => [name, simple(value)])),
      ...Object.fromEntries(custom.rest.map(([name, value]) => [name, simple(value)])),
      status: stands.word,
      reporter:
        fields.creator && fields.reporter && simple(fields.reporter) !== simple(fields.creator)
          ? simple(fields.reporter)
          : undefined,
      priority: priorityMeant(priority) ? undefined : priority,
      project: textIn(fields.project, 'name', 'key'),
      sprint: custom.sprints,
    },
  }
}
