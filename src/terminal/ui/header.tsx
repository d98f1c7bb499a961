import { Box, Text } from 'ink'
import { saidOfFilter } from './filtering.ts'
import type { UiState } from './state.ts'
import { cut, widthOf } from './text-width.ts'
import { styleOf } from './theme.ts'
import { VIEWS } from './views.ts'

/** Whose tasks these are, how many are listed and why, and which views there are. */
export function Header({ ui, width }: { readonly ui: UiState; readonly width: number }) {
  const { source, found, at, filter, sort, marked, theme } = ui
  const name = source.isSeveral ? `${source.places.length} repositories` : (source.places[0]?.name ?? '')
  const place = found.length === 0 ? 'no tasks' : `${at + 1} of ${found.length}`
  const order = `by ${sort.key}${sort.descending ? ', reversed' : ''}`
  const said = [place, saidOfFilter(filter), order, ...(marked.size > 0 ? [`${marked.size} marked`] : [])]
  const views = [{ id: 'list', key: '1', title: 'List' }, ...VIEWS]
  const whole = views.map(({ key, title }) => ` ${key} ${title} `)
  const isRoomy = width - whole.join('').length > 50
  // Where there is little room, only the view that is open has its name.
  const tabs = isRoomy ? whole : views.map(({ id, key }, i) => (id === ui.view ? whole[i]! : ` ${key}`))
  const left = ` ${name}  `
  const rest = cut(said.join(' · '), width - widthOf(left) - tabs.join('').length - 1)
  return (
    <Box width={width} height={1} justifyContent="space-between">
      <Text wrap="truncate">
        <Text {...styleOf(theme, 'accent')}>{left}</Text>
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
