import { Box } from 'ink'
import { BINDINGS, GROUPS, shownKey } from './key-table.ts'
import { cutLine, type RichLine, span } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import type { UiState } from './state.ts'
import { padded } from './text-width.ts'
import { viewOf } from './views.ts'

const KEYS = 16

const line = (keys: string, says: string): RichLine => [span(`  ${padded(keys, KEYS)}`, 'accent'), span(says)]

/** Every key that means something here, those of the view first. */
export function helpLines(ui: UiState): RichLine[] {
  const view = viewOf(ui.view)
  const own = view
    ? [[span(view.title, 'heading')], ...view.keys.map(([key, says]) => line(key, says)), []]
    : []
  const groups = GROUPS.flatMap((group) => [
    [span(group, 'heading')],
    ...BINDINGS.filter((binding) => binding.group === group).map(({ keys, says }) =>
      line(keys.map(shownKey).join(' '), says),
    ),
    [],
  ])
  const mouse = [
    [span('Mouse', 'heading')],
    line('wheel', 'scrolls'),
    line('click', 'selects; on a column’s name it sorts'),
    line('drag', 'on the line between list and task: resizes'),
  ]
  const signs = [
    [span('Signs in the list', 'heading')],
    line('> *', 'the cursor; what is marked'),
    line('•', 'just changed by somebody else'),
    line('!', 'overdue'),
    [],
  ]
  return [...own, ...groups, ...signs, ...mouse]
}

/** In two columns where there is room, as a book is read. */
export function HelpPane({
  ui,
  top,
  width,
  height,
}: {
  readonly ui: UiState
  readonly top: number
  readonly width: number
  readonly height: number
}) {
  const lines = helpLines(ui)
  const columns = width >= 150 ? 3 : width >= 100 ? 2 : 1
  const each = Math.floor(width / columns)
  const from = Math.min(top, Math.max(0, lines.length - height * columns))
  return (
    <Box width={width} height={height}>
      {Array.from({ length: columns }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <Box key={i} flexDirection="column" width={each} height={height}>
          <RichText
            lines={lines
              .slice(from + i * height, from + (i + 1) * height)
              .map((each_) => cutLine(each_, each - 1))}
            theme={ui.theme}
          />
        </Box>
      ))}
    </Box>
  )
}
