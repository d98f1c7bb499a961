import { Box } from 'ink'
import { harmlessText } from '../../printable.ts'
import { entryLines } from '../palette/render-entries.ts'
import { failureLines } from './failure-lines.ts'
import type { Line } from './line-edit.ts'
import { optionsShown } from './overlay-keys.ts'
import { cutLine, type RichLine, richLines, span } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import type { Overlay, Status, UiState } from './state.ts'

/** A line that is being written, with its cursor; the end of a long one is what is shown. */
function lineBeingWritten(title: string, { text, cursor, isSelected }: Line, width: number): RichLine {
  const room = Math.max(4, width - title.length - 3)
  const from = Math.max(0, cursor - room)
  const at = text.slice(cursor, cursor + 1)
  return [
    span(` ${title} `, 'accent'),
    span(text.slice(from, cursor), isSelected ? 'selection' : 'text'),
    span(at === '' ? ' ' : at, 'text', { inverse: true }),
    span(text.slice(cursor + 1, from + room)),
  ]
}

/** The part of a list around what is chosen that there is room for. */
function windowed<T>(all: readonly T[], chosen: number, room: number): readonly (readonly [T, number])[] {
  const from = Math.max(0, Math.min(chosen - Math.floor(room / 2), all.length - room))
  return all.slice(from, from + room).map((each, i) => [each, from + i] as const)
}

const choice = (text: string, isChosen: boolean): RichLine => [
  span(isChosen ? ` > ${text}` : `   ${text}`, isChosen ? 'selection' : 'text'),
]

/** The entries that fit, and in the palette what is missing among them. */
function linesOfPick(
  { palette }: UiState,
  { found, chosen, isPalette }: Extract<Overlay, { readonly kind: 'pick' }>,
  width: number,
  height: number,
): readonly RichLine[] {
  const notes =
    isPalette && palette.notes.length > 0 ? [span(`  ${palette.notes.join(', ')}`, 'muted')] : null
  const size = { columns: width - 1, lines: notes ? height - 1 : height }
  const lines = entryLines(found, chosen, size).map(({ isActive, head, gap, aside }): RichLine => {
    const role = isActive ? 'selection' : 'text'
    const pieces = head.map(({ text, isTyped }) =>
      isTyped ? span(text, isActive ? role : 'accent', { underline: true }) : span(text, role),
    )
    return [...pieces, span(' '.repeat(gap)), span(aside, 'muted')]
  })
  const shown = lines.length > 0 ? lines : [[span('  Nothing fits.', 'muted')]]
  return notes ? [...shown, notes] : shown
}

/** What is said, as far as there is room for it. */
function saidLines(status: Status, width: number, height: number): readonly RichLine[] {
  const said = richLines(harmlessText(status.text), width - 3, status.kind)
  const notes = (status.notes ?? []).flatMap((note) => richLines(harmlessText(note), width - 3, 'text'))
  const all = [...said.map((line) => [span(' '), ...line]), ...notes.map((line) => [span('   '), ...line])]
  if (all.length <= height) return all
  const left = all.length - height + 1
  return [...all.slice(0, height - 1), [span(`   … ${left} more lines: v shows all`, 'muted')]]
}

/** Why what was answered before would not do. */
const refusedLines = ({ status }: UiState, width: number, height: number): readonly RichLine[] =>
  status?.kind === 'danger' ? saidLines(status, width, height) : []

function linesOver(ui: UiState, overlay: Overlay, width: number, height: number): readonly RichLine[] {
  switch (overlay.kind) {
    case 'help':
      return []
    case 'ask':
      return [lineBeingWritten(overlay.title, overlay.line, width), ...refusedLines(ui, width, height - 1)]
    case 'search':
      return [lineBeingWritten('/', overlay.line, width)]
    case 'pick': {
      const refused = refusedLines(ui, width, height - 2)
      return [
        lineBeingWritten(overlay.title, overlay.line, width),
        ...refused,
        ...linesOfPick(ui, overlay, width, height - 1 - refused.length),
      ]
    }
    case 'choose': {
      const shown = optionsShown(overlay)
      const refused = refusedLines(ui, width, height - 2)
      return [
        overlay.line
          ? lineBeingWritten(`${overlay.title}:`, overlay.line, width)
          : [span(` ${overlay.title}`, 'accent')],
        ...refused,
        ...windowed(shown, overlay.chosen, height - 1 - refused.length).map(([{ key, label }, i]) =>
          choice(harmlessText(key ? `${key}  ${label}` : label), i === overlay.chosen),
        ),
      ]
    }
    case 'failure':
      return failureLines(overlay, width, height)
  }
}

/** What was fetched and is not shown: it would not be missed. */
function unmergedLines({ source: { unmerged } }: UiState): readonly RichLine[] {
  if (unmerged === 0) return []
  const what = unmerged === 1 ? '1 change' : `${unmerged} changes`
  return [[span(` ${what} fetched, not merged yet: y syncs`, 'info')]]
}

function statusLines(ui: UiState, width: number, height: number): readonly RichLine[] {
  const { status, running, beside, output, waiting } = ui
  const waits = waiting ? [[span(` ${waiting.text}`, 'danger'), span('  v tells why', 'muted')]] : []
  // What was said since it began comes first: it tells why a key did nothing.
  if (status !== null) return [...waits, ...saidLines(status, width, height - waits.length)]
  if (running === null) return waiting ? waits : unmergedLines(ui)
  const aside = output?.isHidden ? '  v shows it, Ctrl+C ends it' : '  Ctrl+C ends it'
  const now = [span(` ${running} …`, 'accent'), span(aside, 'muted')]
  return [...waits, beside === null ? now : [...now, span(`  ${beside} …`, 'accent')]]
}

interface BottomPaneProps {
  readonly ui: UiState
  readonly width: number
  readonly height: number
}

/** What is said and asked, above the footer. */
export function BottomPane({ ui, width, height }: BottomPaneProps) {
  const { overlay } = ui
  const lines =
    overlay && overlay.kind !== 'help'
      ? linesOver(ui, overlay, width, height)
      : statusLines(ui, width, height)
  return (
    <Box flexDirection="column" width={width} height={height}>
      <RichText lines={lines.slice(0, height).map((line) => cutLine(line, width))} theme={ui.theme} />
    </Box>
  )
}
