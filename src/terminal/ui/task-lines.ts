import { harmlessText } from '../../printable.ts'
import { markdownLines } from './markdown-lines.ts'
import { type RichLine, richLines, span } from './rich-line.ts'
import type { TaskRow, WholeTask } from './task-source.ts'
import { padded } from './text-width.ts'
import { priorityRole, type Role, statusRole } from './theme.ts'

const NAME = 11

/** A field with its value, which may take several lines. */
function field(name: string, value: string | null, width: number, role: Role = 'text'): RichLine[] {
  if (!value) return []
  const lines = richLines(harmlessText(value), Math.max(8, width - NAME), role)
  return lines.map((line, i) => [span(padded(i === 0 ? name : '', NAME), 'muted'), ...line])
}

const indented = (lines: readonly RichLine[], by: number): RichLine[] =>
  lines.map((line) => [span(' '.repeat(by)), ...line])

const section = (title: string, lines: readonly RichLine[]): RichLine[] =>
  lines.length === 0 ? [] : [[], [span(title, 'heading')], ...lines]

const own = (task: WholeTask, refs: readonly string[]) => {
  const home = task.ref.replace(/#.*$/, '')
  return refs.map((ref) => (ref.startsWith(`${home}#`) ? ref.slice(home.length) : ref)).join(', ')
}

function criteriaLines(task: WholeTask, width: number): RichLine[] {
  return task.criteria.flatMap(({ text, met, evidence }, i) => {
    const said = evidence ? `${text} (${evidence})` : text
    const lines = richLines(harmlessText(said), width - 8, met ? 'success' : 'text')
    return lines.map((line, k) => [
      span(k === 0 ? `${`${i + 1}`.padStart(2)}. [${met ? 'x' : ' '}] ` : '        '),
      ...line,
    ])
  })
}

const outcomeRole = (outcome: string): Role =>
  outcome === 'passed' ? 'success' : outcome === 'skipped' ? 'muted' : 'danger'

/** A task as lines of a width: what it is called with its title, the fields that have a value, then its texts. */
export function taskLines(name: string, task: WholeTask, row: TaskRow, width: number): RichLine[] {
  const date = (instant: string | null) => instant?.slice(0, 10) ?? null
  const by = (person: string | null) => (person ? ` by ${person.replace(/ <.*>$/, '')}` : '')
  return [
    ...richLines(harmlessText(`${name} ${task.title}`), width, 'heading'),
    [],
    ...field(
      'status',
      `${row.status}${task.reason ? ` (${task.reason})` : ''}${task.deleted ? ' (deleted)' : ''}`,
      width,
      statusRole(row.status),
    ),
    ...field('type', task.type, width),
    ...field('priority', task.priority, width, priorityRole(task.priority)),
    ...field(
      'deadline',
      task.deadline && `${task.deadline}${row.late ? ' (overdue)' : ''}`,
      width,
      row.late ? 'danger' : 'text',
    ),
    ...field('estimate', task.estimate, width),
    ...field('assignee', task.assignee, width),
    ...field('labels', task.labels.join(', '), width, 'info'),
    ...field('depends on', own(task, task.depends_on), width),
    ...field('waiting on', own(task, task.waiting_on), width, 'warning'),
    ...field('needed by', own(task, task.dependents), width),
    ...field('parent', task.parent && own(task, [task.parent]), width),
    ...field('subtasks', own(task, task.subtasks), width),
    ...field('branch', task.branch, width),
    ...field('created', task.created_at && `${date(task.created_at)}${by(task.created_by)}`, width),
    ...field('started', date(task.started_at), width),
    ...field('completed', task.completed_at && `${date(task.completed_at)}${by(task.completed_by)}`, width),
    ...field('changed', date(task.updated_at), width),
    ...(task.description ? [[], ...markdownLines(harmlessText(task.description), width)] : []),
    ...section('Acceptance criteria', criteriaLines(task, width)),
    ...section(
      'Gates',
      task.gates.map(({ gate, outcome }) => [
        span(`  ${padded(gate, 16)} `),
        span(outcome, outcomeRole(outcome)),
      ]),
    ),
    ...task.comments.flatMap(({ at, by: who, text }) =>
      section(
        `${who.replace(/ <.*>$/, '')}, ${at.slice(0, 10)}`,
        indented(markdownLines(harmlessText(text), width - 2), 2),
      ),
    ),
  ]
}
