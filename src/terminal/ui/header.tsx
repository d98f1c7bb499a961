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
  const tabs = VIEWS.length === 0 ? [] : [{ id: 'list', key: '1', title: 'List' }, ...VIEWS]
  const tabWidth = tabs.reduce((sum, { title }) => sum + title.length + 3, 0)
  const hasTabs = width - tabWidth > 50
  const left = ` ${name}  `
  const rest = cut(said.join(' · '), width - widthOf(left) - (hasTabs ? tabWidth : 0))
  return (
    <Box width={width} height={1} justifyContent="space-between" overflow="hidden">
      <Text wrap="truncate">
        <Text {...styleOf(theme, 'accent')}>{left}</Text>
        <Text {...styleOf(theme, 'muted')}>{rest}</Text>
      </Text>
      {hasTabs ? (
        <Text wrap="truncate">
          {tabs.map(({ id, key, title }) => (
            <Text
              key={id}
              {...styleOf(theme, id === ui.view ? 'selection' : 'muted')}
            >{` ${key} ${title}`}</Text>
          ))}
        </Text>
      ) : null}
    </Box>
  )
}
