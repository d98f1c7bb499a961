import { printable } from '../../printable.ts'
import { localDate } from '../output/clock.ts'
import { colour, colourPriority, colourStatus, paintOutcome } from '../output/colour.ts'
import { linkIfAddress, linkToFile } from '../output/hyperlink.ts'
import { longDate, longTime } from '../output/long-date.ts'
import { isPlain } from '../output/output-mode.ts'
import { relativeDeadline, relativeTime } from '../output/relative-date.ts'
import type { LinkedTask } from './linked-tasks.ts'

interface CardGate {
  readonly gate: string
  readonly outcome: string
  readonly cached?: boolean
  readonly was?: string
  readonly override?: { reason: string; by: string; at: string; approver?: string; expires?: string }
}

/** A task as its published JSON, with what `show` adds. */
export interface CardTask {
  readonly ref: string
  readonly id: string
  readonly number: number
  readonly title: string
  readonly description: string
  readonly type: string
  readonly status: string
  readonly reason: string | null
  readonly priority: string
  readonly deadline: string | null
  readonly assignee: string | null
  readonly estimate: string | null
  readonly labels: readonly string[]
  readonly depends_on: readonly string[]
  readonly waiting_on: readonly string[]
  readonly dependents: readonly string[]
  /** Those it depends on that are tasks of other repositories. */
  readonly elsewhere: readonly { ref: string; title: string; status: string }[]
  readonly parent: string | null
  /** The other parts of what it is a part of. */
  readonly links: readonly LinkedTask[]
  readonly subtasks: readonly string[]
  readonly criteria: readonly { text: string; met: boolean; evidence: string | null }[]
  readonly comments: readonly { at: string; by: string; text: string }[]
  readonly branch: string | null
  readonly worktree: string | null
  readonly worktree_missing: boolean
  readonly commit: string | null
  readonly created_by: string | null
  readonly created_at: string | null
  readonly updated_at: string | null
  readonly started_at: string | null
  readonly completed_at: string | null
  readonly completed_by: string | null
  readonly aliases: readonly number[]
  readonly deleted: boolean
  readonly gates: readonly CardGate[]
  readonly commits: readonly { commit: string; subject: string; at: string }[]
  readonly source: { system: string; id: string } | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** An instant for people, and how far it is. */
const toldTime = (at: string, now: string) =>
  `${longTime(at)} (${relativeTime(Date.parse(at), Date.parse(now))})`

const toldDeadline = (deadline: string, late: boolean, now: string) => {
  const exact = deadline.length === 10 ? longDate(deadline) : longTime(deadline)
  const far = relativeDeadline(deadline, Date.parse(now), localDate(now))
  return late ? colour.red(`${exact} (${far}, overdue)`) : `${exact} (${far})`
}

const indent = (text: string) => text.replace(/^(?=.)/gm, '  ')

function gateLine({ gate, outcome, cached, was, override }: CardGate, width: number, now: string): string {
  const said = was ? ` (was ${was})` : cached ? ' (cached)' : ''
  const name = isPlain() ? `${gate}:` : `${gate.padEnd(width)} `
  const line = `  ${name} ${paintOutcome(outcome)}${said}`
  if (!override) return line
  const { reason, by, at, approver, expires } = override
  const more = `${approver ? `, approved by ${approver}` : ''}${expires ? `, ${expires > now ? 'until' : colour.red('expired')} ${longTime(expires)}` : ''}`
  return `${line}\n${indent(indent(`by ${by}, ${toldTime(at, now)}${more}: ${reason}`))}`
}

/** Longer values of metadata are cut: whoever wants them whole asks for --json. */
const LONGEST_METADATA = 200

/** What other tools kept of a task, which no field of ours is for; texts as they are, anything else as JSON. */
const metadataRows = (metadata: Readonly<Record<string, unknown>>) =>
  Object.entries(metadata).map(
    ([key, value]) =>
      [
        printable(key, 40),
        printable(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_METADATA),
      ] as const,
  )

/**
 * A task for people: fields that have a value, then texts.
 * @param now when it is looked at, an instant, by which an override has expired
 * @param home the repository around, whose tasks go by their numbers; null where it is another's
 */
export function renderCard(task: CardTask, late: boolean, now: string, home: string | null): string {
  const own = (ref: string) => (home !== null && ref.startsWith(`${home}#`) ? ref.slice(home.length) : ref)
  const status = task.status === 'pending' && task.waiting_on.length > 0 ? 'waiting' : task.status
  const fields: readonly (readonly [string, string | null])[] = [
    [
      'status',
      `${colourStatus(status)}${task.reason ? ` (${task.reason})` : ''}${task.deleted ? ' (deleted)' : ''}`,
    ],
    ['type', task.type],
    ['priority', colourPriority(task.priority)],
    ['deadline', task.deadline && toldDeadline(task.deadline, late, now)],
    ['estimate', task.estimate],
    ['assignee', task.assignee],
    ['labels', task.labels.join(', ')],
    [
      'depends on',
      task.depends_on
        .map((ref) => {
          const foreign = task.elsewhere.find((other) => other.ref === ref)
          if (foreign) return `${ref} (${foreign.status}: ${foreign.title})`
          return task.waiting_on.includes(ref) ? `${own(ref)} (open)` : own(ref)
        })
        .join(', '),
    ],
    ['needed by', task.dependents.map(own).join(', ')],
    ['parent', task.parent && own(task.parent)],
    [
      'linked',
      // Two changes may have linked it to the same task.
      [
        ...new Set(
          task.links.map(({ ref, title, status }) => (title ? `${ref} (${status}: ${title})` : ref)),
        ),
      ].join(', '),
    ],
    ['subtasks', task.subtasks.map(own).join(', ')],
    ['branch', task.branch],
    [
      'worktree',
      task.worktree &&
        (task.worktree_missing
          ? colour.red(`${task.worktree} (missing)`)
          : linkToFile(task.worktree, task.worktree)),
    ],
    ['commit', task.commit],
    ['created', task.created_at && `${toldTime(task.created_at, now)} by ${task.created_by}`],
    ['started', task.started_at && toldTime(task.started_at, now)],
    ['completed', task.completed_at && `${toldTime(task.completed_at, now)} by ${task.completed_by}`],
    ['changed', task.updated_at && toldTime(task.updated_at, now)],
    ['source', task.source && `${task.source.system} ${linkIfAddress(task.source.id)}`],
    ['also known as', task.aliases.map((number) => `#${number}`).join(', ')],
    ['id', task.id],
    ...metadataRows(task.metadata),
  ]
  const lines = fields
    .filter(([, value]) => value)
    .map(([name, value]) => (isPlain() ? `${name} ${value}` : `  ${name.padEnd(13)} ${value}`))
  const sections = [`${colour.bold(`#${task.number} ${task.title}`)}\n${lines.join('\n')}`]
  if (task.description) sections.push(indent(task.description))
  if (task.criteria.length > 0) {
    const items = task.criteria.map(({ text, met, evidence }, i) => {
      const mark = isPlain() ? (met ? 'met: ' : 'not met: ') : `[${met ? 'x' : ' '}] `
      return `  ${i + 1}. ${mark}${text}${evidence ? ` (${evidence})` : ''}`
    })
    sections.push(`Acceptance criteria\n${items.join('\n')}`)
  }
  if (task.gates.length > 0) {
    const width = Math.max(...task.gates.map(({ gate }) => gate.length))
    sections.push(`Gates\n${task.gates.map((gate) => gateLine(gate, width, now)).join('\n')}`)
  }
  if (task.commits.length > 0) {
    const lines = task.commits.map(
      ({ commit, subject, at }) =>
        `  ${commit.slice(0, 10)}  ${longDate(localDate(at))}  ${printable(subject)}`,
    )
    sections.push(`Commits\n${lines.join('\n')}`)
  }
  for (const { at, by, text } of task.comments)
    sections.push(`${colour.gray(`${by}, ${toldTime(at, now)}`)}\n${indent(text)}`)
  return sections.join('\n\n')
}
