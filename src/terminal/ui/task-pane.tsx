import { Box } from 'ink'
import { harmlessText } from '../../printable.ts'
import { entryInFocus } from './moves.ts'
import { cutLine, type RichLine, span } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import type { Output, UiState } from './state.ts'
import { taskLines } from './task-lines.ts'
import { wrapped } from './text-width.ts'

/** What a command prints, its end first while it runs. */
function outputLines({ title, lines, top, code }: Output, width: number, height: number): RichLine[] {
  const state = code === null ? 'runs' : code === 0 ? 'done' : 'failed'
  const all = lines.flatMap((line) => wrapped(harmlessText(line), width))
  const room = Math.max(1, height - 2)
  const from = code === null ? Math.max(0, all.length - room) : Math.min(top, Math.max(0, all.length - 1))
  const role = code === null ? 'accent' : code === 0 ? 'success' : 'danger'
  const below = all.length - from - room
  return [
    [
      span(title, 'heading'),
      span(`  ${state}`, role),
      span(below > 0 ? `  ${below} more lines, PgDn` : '', 'muted'),
    ],
    [],
    ...all.slice(from, from + room).map((line) => [span(line)]),
  ]
}

function linesOf(ui: UiState, width: number, height: number): readonly RichLine[] {
  if (ui.output) return outputLines(ui.output, width, height)
  const entry = entryInFocus(ui)
  if (!entry) return []
  const name = ui.source.isSeveral ? ui.source.wordOf(entry) : `#${ui.source.wordOf(entry)}`
  const lines = taskLines(name, ui.source.task(entry), ui.source.row(entry), width)
  const top = Math.min(ui.scroll, Math.max(0, lines.length - height))
  return lines.slice(top, top + height)
}

interface TaskPaneProps {
  readonly ui: UiState
  readonly width: number
  readonly height: number
}

/** The task in focus, or what a command prints. */
export function TaskPane({ ui, width, height }: TaskPaneProps) {
  const room = width - 1
  const lines = linesOf(ui, room, height)
  return (
    <Box flexDirection="column" width={width} height={height} paddingLeft={1}>
      <RichText lines={lines.slice(0, height).map((line) => cutLine(line, room))} theme={ui.theme} />
    </Box>
  )
}
