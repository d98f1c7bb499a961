import { Box, Text } from 'ink'
import { saidOfFilter } from './filtering.ts'
import type { UiState } from './state.ts'
import type { TaskSource } from './task-source.ts'
import { cut, widthOf } from './text-width.ts'
import { styleOf } from './theme.ts'
import { VIEWS, viewOf } from './views.ts'

/** How many tasks are shown and why, as far as the list or the view that is open heeds it. */
function saidOfShown({ view, found, at, filter, sort, marked }: UiState): string {
  const place = found.length === 0 ? 'no tasks' : `${at + 1} of ${found.length}`
  const parts = saidOfFilter(filter)
  // What the index has found is in its order.
  const order = filter.ranked ? [] : [`by ${sort.key}${sort.descending ? ', reversed' : ''}`]
  const open = viewOf(view)
  const shown =
    open === null ? [place, ...parts, ...order] : open.isFiltered ? [...parts.slice(1), ...order] : []
  return [...shown, ...(marked.size > 0 ? [`${marked.size} marked`] : [])].join(' · ')
}

/** Whose tasks these are, and how much is not shown of what was asked for. */
export function saidOfPlaces({ places, isSeveral, problems }: TaskSource): string {
  const missing = new Set(problems.flatMap((problem) => problem.missing ?? [])).size
  const shown = missing > 0 ? `${places.length} of ${places.length + missing}` : `${places.length}`
  const other = problems.filter((problem) => problem.missing === null).length
  const amiss = other === 0 ? '' : other === 1 ? ', 1 problem' : `, ${other} problems`
  return `${isSeveral ? `${shown} repositories` : (places[0]?.name ?? '')}${amiss}`
}

const ENDS = '  Ctrl+C ends it'
/** Columns that what runs has, however little room there is. */
const LEAST_TITLE = 16

/** What runs, with how it is ended where that key does it: what is open takes the key first. */
export function saidOfRunning(
  { running, beside, overlay }: UiState,
  room: number,
): readonly [string, string] {
  const each = [running, beside].flatMap((title) => (title === null ? [] : `${title} …`))
  if (each.length === 0) return ['', '']
  const ends = running === null || overlay !== null ? '' : ENDS
  const text = cut(each.join(' '), Math.max(LEAST_TITLE, room - ends.length))
  return [text, `${ends} · `]
}

/** Whose tasks these are, what runs, how many are listed and why, and which views there are. */
export function Header({ ui, width }: { readonly ui: UiState; readonly width: number }) {
  const { source, theme } = ui
  const views = [{ id: 'list', key: '1', title: 'List' }, ...VIEWS]
  const whole = views.map(({ key, title }) => ` ${key} ${title} `)
  const isRoomy = width - whole.join('').length > 50
  // Where there is little room, only the view that is open has its name.
  const tabs = isRoomy ? whole : views.map(({ id, key }, i) => (id === ui.view ? whole[i]! : ` ${key}`))
  const left = ` ${saidOfPlaces(source)}  `
  const room = width - widthOf(left) - tabs.join('').length - 1
  const [runs, ends] = saidOfRunning(ui, room)
  const rest = cut(`${ends}${saidOfShown(ui)}`, room - widthOf(runs))
  return (
    <Box width={width} height={1} justifyContent="space-between">
      <Text wrap="truncate">
        <Text {...styleOf(theme, source.problems.length > 0 ? 'danger' : 'accent')}>{left}</Text>
        <Text {...styleOf(theme, 'accent')}>{runs}</Text>
        <Text {...styleOf(theme, 'muted')}>{rest}</Text>
      </Text>
      <Text wrap="truncate">
        {views.map(({ id }, i) => (
          <Text key={id} {...styleOf(theme, id === ui.view ? 'selection' : 'muted')}>
            {tabs[i]}
          </Text>
        ))}
      </Text>
    </Box>
  )
}
