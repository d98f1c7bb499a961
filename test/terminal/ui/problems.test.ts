import { expect, test } from 'vitest'
import { saidOfPlaces } from '../../../src/terminal/ui/header.tsx'
import type { SourceProblem } from '../../../src/terminal/ui/source-problems.ts'
import { outputShown, type UiState } from '../../../src/terminal/ui/state.ts'
import { taskSource } from '../../../src/terminal/ui/task-source.ts'
import { update } from '../../../src/terminal/ui/update.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { uiOver } from '../../support/ui-state.ts'

const GONE: SourceProblem = {
  id: 'gamma REPOSITORY_MISSING',
  missing: 'gamma',
  text: 'Problem: gamma is not there: it was to be at /x/gamma.',
}
const old = (age: string): SourceProblem => ({
  id: 'delta REMOTE_UNREACHABLE',
  missing: null,
  text: `Problem: delta: nothing answers. Shown as it was fetched ${age} ago.`,
})

const places = ['alpha', 'beta'].map((name) => ({
  name,
  nicknames: [],
  snapshot: snapshotOf({ title: `Of ${name}` }),
}))
const sourceWith = (...problems: readonly SourceProblem[]) =>
  taskSource(places, true, '2026-11-20T10:00:00.000Z', problems)
const loaded = (ui: UiState, ...problems: readonly SourceProblem[]) =>
  update(ui, { kind: 'loaded', source: sourceWith(...problems) }).state
const pressed = (ui: UiState, name: string) =>
  update(ui, { kind: 'key', key: { name, text: name.length === 1 ? name : '' } }).state

test('what cannot be read any more is told once, and the header counts it for as long as that holds', () => {
  const before = uiOver(...places)
  expect(saidOfPlaces(before.source)).toBe('2 repositories')
  const told = loaded(before, GONE, old('2m'))
  expect(told.status).toEqual({ kind: 'danger', text: GONE.text, notes: [old('2m').text] })
  const later = loaded({ ...told, status: null }, GONE, old('3m'))
  expect(later.status).toBeNull()
  expect(saidOfPlaces(later.source)).toBe('2 of 3 repositories, 1 problem')
  expect(saidOfPlaces(loaded(later).source)).toBe('2 repositories')
  // What comes up again is told again.
  expect(loaded(loaded(later), GONE).status?.text).toBe(GONE.text)
})

test('what was said before stays, with the problem below it', () => {
  const done = { kind: 'success', text: 'Completed #1', notes: ['Gate a: passed'] } as const
  expect(loaded({ ...uiOver(...places), status: done }, GONE).status).toEqual({
    ...done,
    notes: [...done.notes, GONE.text],
  })
  const changed = { kind: 'info', text: 'Changed: alpha#1' } as const
  expect(loaded({ ...uiOver(...places), status: changed }, GONE).status?.text).toBe(GONE.text)
})

test('v shows problems whole, once, also when they are no longer said', () => {
  const told = loaded(uiOver(...places), GONE, old('2m'))
  for (const status of [told.status, null]) {
    const shown = outputShown(pressed({ ...told, status }, 'v'))?.lines.map((line) => line.trim())
    expect(shown).toEqual([GONE.text, old('2m').text])
  }
})
