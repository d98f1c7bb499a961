import { Box } from 'ink'
import { entryInFocus } from './moves.ts'
import { outputLines } from './output-lines.ts'
import { cutLine, type RichLine } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import { outputShown, type UiState } from './state.ts'
import { taskLines } from './task-lines.ts'

function linesOf(ui: UiState, width: number, height: number): readonly RichLine[] {
  const output = outputShown(ui)
  if (output) return outputLines(output, width, height)
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
