import { expect, test } from 'vitest'
import { BottomPane } from '../../../src/terminal/ui/bottom-pane.tsx'
import { Footer } from '../../../src/terminal/ui/footer.tsx'
import type { UiState } from '../../../src/terminal/ui/state.ts'
import { styleOf } from '../../../src/terminal/ui/theme.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { textOfLine, uiOver } from '../../support/ui-state.ts'

const task = { title: 'Fix auth bug', assignee: 'Eve <eve@x.org>', deadline: '2026-11-27', estimate: '3h' }
const ui = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf(task) })

/** Keys by their names; a letter is one. */
const pressed = (from: UiState, ...keys: readonly string[]) =>
  keys.reduce(
    ({ state }, name) => update(state, { kind: 'key', key: { name, text: name.length === 1 ? name : '' } }),
    { state: from, effects: [] } as ReturnType<typeof update>,
  )
const written = (...keys: readonly string[]) => {
  const { effects } = pressed(ui, ...keys, 'return')
  return effects.flatMap((effect) => (effect.kind === 'run' ? effect.commands : []))[0]?.at(-1)
}

test.each([
  [['a'], 'Eve <eve@x.org>'],
  [['a', 'z', 'o', 'e'], 'zoe'],
  [['a', 'end', 'z'], 'Eve <eve@x.org>z'],
  [['a', 'home', 'z'], 'zEve <eve@x.org>'],
  [['a', 'ctrl+e', 'z'], 'Eve <eve@x.org>z'],
  [['a', 'ctrl+a', 'z'], 'zEve <eve@x.org>'],
  [['a', 'left', 'z'], 'Eve <eve@x.orgz>'],
  [['a', 'backspace', 'z'], 'Eve <eve@x.orgz'],
  [['e', 'd', '+', '3', 'd'], '--deadline=+3d'],
  [['e', 'e', 'backspace', 'd'], '--estimate=3d'],
  [['e', 't', 'N'], '--title=N'],
])('of a value that is there, typing replaces all and other keys edit: %j', (keys, value) => {
  expect(written(...keys)).toBe(value)
})

test('what is pasted replaces it too', () => {
  const { state } = update(pressed(ui, 'a').state, { kind: 'pasted', text: 'zoe' })
  expect(state.overlay).toMatchObject({ line: { text: 'zoe', cursor: 3 } })
})

test('a value that typing replaces is told apart, also without colours, and the footer says so', () => {
  const drawn = (state: UiState) =>
    BottomPane({ ui: state, width: 80, height: 1 }).props.children.props.lines[0]
  const footer = (state: UiState) => textOfLine(Footer({ ui: state, width: 80 }).props.lines[0])
  const asked = pressed(ui, 'a').state
  const isMarked = (state: UiState) =>
    drawn(state).some(
      ({ text, role }: { text: string; role: 'text' | 'selection' }) =>
        text.includes('eve') && styleOf(ui.theme, role).inverse === true,
    )
  expect(textOfLine(drawn(asked))).toMatch(/Assign .*: Eve <eve@x\.org>$/)
  expect(isMarked(asked)).toBe(true)
  expect(footer(asked)).toContain('typing replaces it')
  const edited = pressed(asked, 'left').state
  expect(isMarked(edited)).toBe(false)
  expect(footer(edited)).not.toContain('replaces it')
})
