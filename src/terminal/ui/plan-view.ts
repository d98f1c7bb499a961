import { type RichLine, span } from './rich-line.ts'
import { lineRow, rowsView, textRow, type ViewRow } from './rows-view.tsx'
import type { UiState } from './state.ts'
import { cut, padded, widthOf } from './text-width.ts'
import { statusRole } from './theme.ts'
import { askedOfShown, keyOfNode, type NodeDocument, shortRef } from './view-documents.ts'

interface PlannedDocument extends NodeDocument {
  readonly level: number
  readonly hours: number
  readonly measure: 'time' | 'points' | 'assumed'
  readonly slack: number
  /** Refs. */
  readonly after: readonly string[]
}

/** What `mhv plan --json` answers. */
export interface PlanDocument {
  readonly hours: number
  readonly work_hours: number
  readonly critical_path: readonly string[]
  readonly now: readonly string[]
  readonly levels: readonly (readonly PlannedDocument[])[]
  readonly cycles: readonly {
    readonly tasks: readonly string[]
    readonly cuts: readonly { readonly command: string }[]
  }[]
  readonly unplanned: readonly (NodeDocument & {
    readonly because: string
    readonly waits_for: readonly string[]
  })[]
}

const NONE: ViewRow = textRow('')
const counted = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** From that width on there is room for the status, and for what a task waits for. */
const WIDE = 60

/** A task with how long it takes and how late it can be; `*` where its length is not estimated in time. */
function plannedLine(task: PlannedDocument, ui: UiState, width: number, refWidth: number): RichLine {
  const ref = padded(shortRef(ui, task.ref), refWidth)
  const hours = `${task.hours}${task.measure === 'time' ? '' : '*'} h`
  const slack = task.slack === 0 ? 'path' : `+${task.slack} h`
  const status = width < WIDE ? '' : padded(task.status!, 12)
  const waits = width < WIDE ? [] : task.after.map((each) => shortRef(ui, each))
  const after = waits.length > 0 ? `  after ${waits.join(' ')}` : ''
  const room = width - refWidth - status.length - 21
  const said = cut(after, Math.floor(room / 2))
  return [
    span(`${ref} `, 'accent'),
    span(status, statusRole(task.status!)),
    span(padded(hours, 8, true)),
    span(padded(slack, 10, true), task.slack === 0 ? 'warning' : 'muted'),
    span(`  ${padded(task.title!, Math.max(8, room - widthOf(said)))}`),
    span(said, 'muted'),
  ]
}

/** How many of the tasks that can run now are named: below them the levels have all of them. */
const MOST_NOW = 20

/** What the signs in the lines mean, of those that are there. */
function signRows(tasks: readonly PlannedDocument[]): ViewRow[] {
  if (tasks.length === 0) return []
  const signs = [
    'path: on the critical path',
    ...(tasks.some(({ slack }) => slack > 0) ? ['+h: may begin that much later'] : []),
    ...(tasks.some(({ measure }) => measure !== 'time') ? ['*: no estimate in time, so assumed'] : []),
  ]
  return [NONE, ...signs.map((sign) => textRow(sign, 'muted'))]
}

/** The plan: the longest chain, what can run now, all by levels, and what cannot be planned. */
export function planRows(ui: UiState, data: PlanDocument | null): ViewRow[] {
  if (!data) return []
  const tasks = data.levels.flat()
  const byRef = new Map(tasks.map((task) => [task.ref, task]))
  const refWidth = Math.max(...tasks.map(({ ref }) => widthOf(shortRef(ui, ref))))
  const row = (task: PlannedDocument) =>
    lineRow((width) => plannedLine(task, ui, width, refWidth), keyOfNode(task))
  const named = (refs: readonly string[]) => refs.flatMap((ref) => byRef.get(ref) ?? []).map(row)
  const stuck = data.unplanned.map((task) =>
    lineRow(
      () => [
        span(`${shortRef(ui, task.ref)} `, 'accent'),
        span(`${task.title} `),
        span(
          `${task.because === 'cycle' ? 'a cycle' : 'not here'}: waits for ${task.waits_for.map((ref) => shortRef(ui, ref)).join(', ')}`,
          'danger',
        ),
      ],
      keyOfNode(task),
    ),
  )
  const cuts = data.cycles.flatMap(({ tasks: members, cuts: [cut] }) => [
    textRow(`cycle ${members.map((ref) => shortRef(ui, ref)).join(' → ')}`, 'danger'),
    ...(cut ? [textRow(`  ends with ${cut.command}`, 'muted')] : []),
  ])
  const part = (title: string, rows: readonly ViewRow[]) =>
    rows.length === 0 ? [] : [NONE, textRow(title, 'heading'), ...rows]
  if (tasks.length + stuck.length === 0) return []
  const more = data.now.length - MOST_NOW
  const andMore = `and ${more.toLocaleString('en')} more`
  return [
    textRow(`${counted(tasks.length, 'task', 'tasks')} in ${counted(data.levels.length, 'level', 'levels')}`),
    textRow(`${data.work_hours} h of work, ${data.hours} h at least`),
    ...part(`Critical path, ${data.hours} h`, named(data.critical_path)),
    ...part('Can run now', [...named(data.now.slice(0, MOST_NOW)), ...(more > 0 ? [textRow(andMore)] : [])]),
    ...data.levels.flatMap((level, i) => part(`Level ${i + 1}`, level.map(row))),
    ...part('Cannot be planned', [...stuck, ...cuts]),
    ...signRows(tasks),
  ]
}

/** What comes first, and how long all of it takes. */
export const planView = rowsView<PlanDocument>({
  id: 'plan',
  title: 'Plan',
  key: '4',
  isWide: false,
  asks: (ui) => askedOfShown(ui, ['plan']),
  rows: planRows,
  none: 'No task is open.',
  keys: [],
})
