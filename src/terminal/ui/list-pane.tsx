import { Box, Text } from 'ink'
import { harmless } from '../../printable.ts'
import { columnsOf, headLine, type ListColumn } from './layout.ts'
import type { UiState } from './state.ts'
import { NO_FILTER, type TaskRow } from './task-source.ts'
import { padded } from './text-width.ts'
import { styleOf, type Theme } from './theme.ts'

interface RowProps {
  readonly row: TaskRow
  readonly columns: readonly ListColumn[]
  readonly theme: Theme
  readonly isSelected: boolean
  readonly isMarked: boolean
  readonly isChanged: boolean
}

/** One task. The cursor and marks are characters too: nothing is told by colour alone. */
function Row({ row, columns, theme, isSelected, isMarked, isChanged }: RowProps) {
  const gutter = `${isSelected ? '>' : ' '}${isMarked ? '*' : isChanged ? '•' : row.late ? '!' : ' '}`
  const cells = columns.map((column) =>
    padded(harmless(column.value(row, column.width)), column.width, column.isRight),
  )
  if (isSelected) {
    return (
      <Text wrap="truncate" {...styleOf(theme, 'selection')}>
        {gutter + cells.join(' ')}
      </Text>
    )
  }
  return (
    <Text wrap="truncate">
      <Text {...styleOf(theme, isMarked || isChanged ? 'accent' : 'text')}>{gutter}</Text>
      {columns.map((column, i) => (
        <Text key={column.name} {...styleOf(theme, column.role(row))}>
          {i === 0 ? cells[i] : i === columns.length - 1 ? ` ${cells[i]!.trimEnd()}` : ` ${cells[i]}`}
        </Text>
      ))}
    </Text>
  )
}

interface ListPaneProps {
  readonly ui: UiState
  readonly width: number
  readonly height: number
}

/** The tasks that are on the screen; of all others nothing is read. */
export function ListPane({ ui, width, height }: ListPaneProps) {
  const { source, found, top, at, theme, marked, changed } = ui
  const columns = columnsOf(width - 1, source)
  const shown = found.slice(top, top + height - 1)
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Text wrap="truncate" {...styleOf(theme, 'heading')}>
        {headLine(columns, ui)}
      </Text>
      {shown.map((entry, i) => {
        const row = source.row(entry)
        return (
          <Row
            key={row.key}
            row={row}
            columns={columns}
            theme={theme}
            isSelected={top + i === at}
            isMarked={marked.has(row.key)}
            isChanged={changed.has(row.key)}
          />
        )
      })}
      {found.length === 0 ? <Empty ui={ui} /> : null}
    </Box>
  )
}

function Empty({ ui }: { readonly ui: UiState }) {
  const isUsual = ui.filter === NO_FILTER
  const isNone = ui.source.total === 0
  const text = !isUsual
    ? 'Nothing fits: F clears the filter.'
    : isNone
      ? 'There is no task yet: n makes one.'
      : 'No task is open: S shows others.'
  return (
    <Text wrap="truncate" {...styleOf(ui.theme, 'muted')}>
      {`  ${text}`}
    </Text>
  )
}
