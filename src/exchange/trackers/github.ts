import type { Warning } from '../source-record.ts'
import { type Edge, withEdges } from './inverse-edges.ts'
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
import { priorityByLabels, statusMeant, typeByLabels, typeMeant } from './status-words.ts'
import type { TrackerFile, TrackerTask, TrackerTasks } from './tracker-task.ts'

const TAKEN = [
  'number', 'title', 'body', 'state', 'labels', 'assignee', 'assignees', 'author', 'user', 'comments', 'createdAt',
  'created_at', 'updatedAt', 'updated_at', 'closedAt', 'closed_at', 'closed', 'closedBy', 'closed_by', 'stateReason',
  'state_reason', 'milestone', 'issueType', 'type', 'parent', 'subIssues', 'blockedBy', 'blocking', 'url', 'html_url',
] // biome-ignore format: a list
/** What the API says of itself, or counts. */
const OF_THE_API =
  /^(?:id|node_id|databaseId|repository|score|performed_via_github_app|subIssuesSummary|sub_issues_summary|issue_dependencies_summary|pinned_comment|.*_url)$/

/** Issues as `gh issue list --json`, `gh issue view --json` and the REST API have them, also page after page. */
export function readGitHub([file]: readonly TrackerFile[]): TrackerTasks {
  const { values, faults } = readJsonValues(file!.bytes)
  const warnings: Warning[] = []
  const edges: Edge[] = []
  const tasks: TrackerTask[] = []
  // A search answers with its items, and pages that were gathered are lists in a list.
  const issues = values.flatMap((value) =>
    isMapping(value) && Array.isArray(value.items) ? value.items : [value],
  )
  for (const [i, value] of issues.flat(2).entries()) {
    const place = `item ${i + 1}`
    const issue = mappingOf(value)
    if (issue.pull_request || /\/pull\/\d+$/.test(urlOf(issue))) {
      warnings.push({ place, kind: 'left_out', message: 'it is a pull request' })
      continue
    }
    const task = taskOf(place, issue, warnings)
    tasks.push(task)
    edges.push(...edgesOf(idOf(issue), issue))
  }
  const [mute] = issues.flat(2).map(mappingOf)
  if (mute && !['state', 'closed', 'closedAt', 'closed_at'].some((key) => key in mute)) {
    const message = 'it does not say which issues are closed, so that all count as open; state does'
    warnings.push({ place: 'file', kind: 'partial', message })
  }
  return { tasks: withEdges(tasks, edges), faults, warnings }
}

const urlOf = (issue: unknown) => textIn(issue, 'html_url', 'url')

/** `owner/name#7`, since numbers begin again in each repository; without an address the number has to do. */
function idOf(issue: unknown): string {
  const number = textOf(mappingOf(issue).number)
  const [, repository] =
    /^https?:\/\/[^/]+\/(?:api\/v3\/)?(?:repos\/)?([^/]+\/[^/]+)\/(?:issues|pull)\/\d+/.exec(urlOf(issue)) ??
    []
  return repository && number ? `${repository}#${number}` : number
}

/** Newer versions of gh tell of parents, subissues and blockers; each end may be the only one in the file. */
function edgesOf(id: string, issue: Mapping): Edge[] {
  const parentUrl = /\/repos\/([^/]+\/[^/]+)\/issues\/(\d+)$/.exec(textOf(issue.parent_issue_url))
  const parent = isMapping(issue.parent)
    ? idOf(issue.parent)
    : parentUrl
      ? `${parentUrl[1]}#${parentUrl[2]}`
      : ''
  return [
    ...(parent ? [{ from: id, to: parent, type: 'parent-child' as const }] : []),
    ...listOf(issue.subIssues).map((sub) => ({ from: idOf(sub), to: id, type: 'parent-child' as const })),
    ...listOf(issue.blockedBy).map((other) => ({ from: id, to: idOf(other), type: 'blocks' as const })),
    ...listOf(issue.blocking).map((other) => ({ from: idOf(other), to: id, type: 'blocks' as const })),
  ].filter(({ from, to }) => from !== '' && to !== '')
}

function metadataOf(issue: Mapping): Record<string, unknown> {
  const metadata: Record<string, unknown> = Object.fromEntries(
    Object.entries(without(issue, TAKEN)).filter(([key, value]) => !OF_THE_API.test(key) && value !== false),
  )
  const { reactions } = issue
  if (isMapping(reactions)) {
    const counts = Object.entries(reactions).filter(([, count]) => typeof count === 'number' && count > 0)
    metadata.reactions = Object.fromEntries(counts)
  }
  const milestone = mappingOf(issue.milestone)
  return {
    ...metadata,
    url: urlOf(issue),
    milestone: textOf(milestone.title),
    milestone_due: textIn(milestone, 'dueOn', 'due_on'),
  }
}

function taskOf(place: string, issue: Mapping, warnings: Warning[]): TrackerTask {
  const warn = (kind: Warning['kind'], message: string) => warnings.push({ place, kind, message })
  const labels = listOf(issue.labels).map((label) => textOf(label) || textIn(label, 'name'))
  const type = textOf(issue.type) || textIn(isMapping(issue.issueType) ? issue.issueType : issue.type, 'name')
  const why = textIn(issue, 'stateReason', 'state_reason').toLowerCase()
  const isClosed = issue.closed === true || textIn(issue, 'closedAt', 'closed_at') !== ''
  const meant = statusMeant(textOf(issue.state) || (isClosed ? 'closed' : 'open'))
  const comments = listOf(issue.comments)
  const told = typeof issue.comments === 'number' ? issue.comments : 0
  if (told > 0)
    warn('partial', `its ${told} comments are not in the file; gh issue list --json comments has them`)
  if (!meant.isExact) warn('status', 'its status is none of ours')
  const marked = comments.filter((comment) => listOf(mappingOf(comment).reactionGroups).length > 0)
  if (marked.length > 0) warn('dropped', 'its comments lose their reactions')
  const people = listOf(issue.assignees)
  return {
    place,
    fields: {
      id: idOf(issue) || undefined,
      title: issue.title,
      description: issue.body,
      status: meant.status,
      close_kind: meant.status === 'closed' && why !== '' ? why : undefined,
      type: type !== '' ? typeMeant(type) : (typeByLabels(labels) ?? undefined),
      priority: priorityByLabels(labels) ?? undefined,
      created_at: textIn(issue, 'createdAt', 'created_at') || undefined,
      created_by: personOf(issue.author ?? issue.user),
      closed_at: meant.status === 'closed' ? textIn(issue, 'closedAt', 'closed_at') || undefined : undefined,
      closed_by: personOf(issue.closedBy ?? issue.closed_by),
      updated_at: textIn(issue, 'updatedAt', 'updated_at') || undefined,
      labels,
      comments: comments.map((comment) => {
        const { body, author, user } = mappingOf(comment)
        return { text: body, by: personOf(author ?? user), at: textIn(comment, 'createdAt', 'created_at') }
      }),
    },
    assignees: (people.length > 0 ? people : [issue.assignee]).map(personOf),
    metadata: metadataOf(issue),
  }
}

const personOf = (person: unknown) => textOf(person) || textIn(person, 'login', 'name')
