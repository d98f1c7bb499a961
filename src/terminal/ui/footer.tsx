import { Text } from 'ink'
import { BINDINGS, shownKey } from './key-table.ts'
import { type Span, span } from './rich-line.ts'
import { RichText } from './rich-text.tsx'
import type { Overlay, UiState } from './state.ts'
import { viewOf } from './views.ts'

const WHILE: Readonly<Record<Overlay['kind'], readonly (readonly [string, string])[]>> = {
  help: [
    ['↓', 'more'],
    ['Esc', 'back'],
  ],
  ask: [
    ['Enter', 'do it'],
    ['Esc', 'leave it'],
  ],
  search: [
    ['Enter', 'ask the index'],
    ['↑↓', 'move'],
    ['Esc', 'leave it'],
  ],
  pick: [
    ['Enter', 'take it'],
    ['↑↓', 'move'],
    ['Esc', 'leave it'],
  ],
  choose: [
    ['Enter', 'take it'],
    ['↑↓', 'move'],
    ['Esc', 'leave it'],
  ],
  failure: [
    ['Enter', 'run the step'],
    ['↑↓', 'choose'],
    ['Esc', 'leave it'],
  ],
}

const REPLACING = [
  ['Enter', 'do it'],
  ['typing', 'replaces it'],
  ['←', 'change it'],
  ['Esc', 'leave it'],
] as const

const IN_PALETTE = [
  ['Enter', 'do it'],
  ['>', 'commands'],
  ['#', 'tasks'],
  ['@', 'worktrees'],
  ['↑', 'history'],
  ['Tab', 'completes'],
  ['Esc', 'leave it'],
] as const

/** Where there is a step to go back to, Escape does so. */
const withBack = (pairs: readonly (readonly [string, string])[], { from }: Overlay) =>
  from === undefined ? pairs : pairs.map(([key, says]) => [key, key === 'Esc' ? 'back' : says] as const)

const whileOver = (overlay: Overlay): readonly (readonly [string, string])[] => {
  if (overlay.kind === 'pick' && overlay.isPalette) return IN_PALETTE
  if (overlay.kind === 'ask' && overlay.line.isSelected) return REPLACING
  // Of no steps there is none to run, or to choose.
  if (overlay.kind === 'failure' && overlay.steps.length === 0) return WHILE.failure.slice(2)
  return WHILE[overlay.kind]
}

/** The way to all others comes first, whatever else there is room for. */
const HELP = ['?', 'help'] as const

/** The keys that mean most where one is. */
export function Footer({ ui, width }: { readonly ui: UiState; readonly width: number }) {
  const usual = BINDINGS.flatMap(({ keys, brief }) => (brief ? [[shownKey(keys[0]!), brief] as const] : []))
  const view = viewOf(ui.view)
  const pairs = ui.overlay
    ? withBack(whileOver(ui.overlay), ui.overlay)
    : [HELP, ...(view?.keys ?? []), ...usual.filter(([key]) => key !== HELP[0])]
  const line: Span[] = []
  let left = width
  for (const [key, says] of pairs) {
    left -= key.length + says.length + 3
    if (left < 0) break
    line.push(span(` ${key}`, 'accent'), span(` ${says} `, 'muted'))
  }
  return line.length === 0 ? <Text> </Text> : <RichText lines={[line]} theme={ui.theme} />
}
