import { expect, test } from 'vitest'
import { failureLines } from '../../../src/terminal/ui/failure-lines.ts'
import { layoutOf } from '../../../src/terminal/ui/layout.ts'
import type { Overlay, UiState } from '../../../src/terminal/ui/state.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { textOfLine, uiOver } from '../../support/ui-state.ts'

const ui = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf({}, {}) })
const key = (state: UiState, name: string) => update(state, { kind: 'key', key: { name, text: '' } }).state
const failed = (message: string, steps: readonly string[], from = ui) =>
  update(from, { kind: 'failed', lane: 'main', title: 'MHV-1 X', message, steps }).state
const shown = (state: UiState) => {
  const { width, bottom } = layoutOf(state)
  const lines = failureLines(state.overlay as Extract<Overlay, { kind: 'failure' }>, width, bottom)
  expect(lines.length).toBeLessThanOrEqual(bottom)
  const texts = lines.map(textOfLine)
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(width)
  return texts
}

const WORDS = Array.from({ length: 400 }, (_, i) => `word${i}`)
const STEPS = Array.from({ length: 12 }, (_, i) => `mhv task edit ${i} ${'--label=long '.repeat(12)}`.trim())

test('a short failure is shown whole, with its steps', () => {
  const lines = [' MHV-1 X: No.', ' > mhv undo', '   mhv status']
  expect(shown(failed('No.', ['mhv undo', 'mhv status']))).toEqual(lines)
})

test('all of a long message can be read, with steps in view; and all of each step', () => {
  let state = failed(WORDS.join(' '), STEPS)
  const seen = new Set<string>()
  for (let i = 0; i < 30; i++) {
    for (const line of shown(state)) for (const word of line.split(/\s+/)) seen.add(word)
    expect(shown(state).some((line) => line.startsWith(' > mhv task edit 0 '))).toBe(true)
    state = key(state, 'pagedown')
  }
  for (const word of WORDS) expect(seen).toContain(word)
  expect(shown(state).join('\n')).toMatch(/lines \d+ to (\d+) of \1:/)
  for (let i = 0; i < 12; i++) {
    const all = shown(state).join(' ').replace(/\s+/g, ' ')
    expect(all).toContain(`> ${STEPS[i]}`)
    state = key(state, 'down')
  }
  expect(shown(key(key(state, 'pageup'), 'pageup')).join()).not.toEqual(shown(state).join())
})

test('below a short message, what the command has printed scrolls', () => {
  const lines = Array.from({ length: 90 }, (_, i) => `line ${i}`)
  const output = { title: 'x', gates: [], lines, top: 0, code: null }
  const state = failed('No.', [], { ...ui, running: 'x', output })
  const up = key(state, 'pageup')
  expect(up.overlay?.kind).toBe('failure')
  expect(up.output!.top).toBeLessThan(90 - 20)
})

test('what was said at length says how to read the rest', () => {
  const notes = Array.from({ length: 30 }, (_, i) => `note ${i}`)
  const { state } = update(ui, { kind: 'ended', lane: 'main', text: 'Done', notes, shows: false })
  expect(layoutOf(state).bottom).toBe(6)
  expect(key(state, 'v').output?.lines.slice(-2)).toEqual(['  note 28', '  note 29'])
})
