import { expect, test } from 'vitest'
import { Header, saidOfRunning } from '../../../src/terminal/ui/header.tsx'
import type { UiState } from '../../../src/terminal/ui/state.ts'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { uiOver } from '../../support/ui-state.ts'

const ui = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf({ title: 'Fix auth bug' }) })
const help = { kind: 'help', top: 0 } as const
const status = { kind: 'info', text: 'Changed: #1 Fix auth bug (pending)' } as const

/** The texts of the header, the tabs apart. */
function drawn(state: UiState, width = 80): string {
  const [left] = Header({ ui: state, width }).props.children
  return left.props.children.map(({ props }: { props: { children: string } }) => props.children).join('')
}

test('what runs is on the screen for as long as it does, whatever is open or said', () => {
  expect(drawn(ui)).toBe(' demo  1 of 1 · open · by urgency')
  const running = { ...ui, running: 'Complete #1' }
  expect(drawn({ ...running, status })).toContain(' demo  Complete #1 …  Ctrl+C ends it · 1 of 1')
  expect(drawn({ ...running, beside: 'Comment on #2' }, 120)).toContain(
    'Complete #1 … Comment on #2 …  Ctrl+C ends it',
  )
  // The key closes what is open.
  expect(drawn({ ...running, overlay: help })).toBe(' demo  Complete #1 … · 1 of 1 · open · by urgency')
  // There it quits.
  expect(drawn({ ...ui, beside: 'Comment on #2' })).toMatch(/Comment on #2 … · 1 of 1/)
  expect(drawn(running, 60)).toBe(' demo  Complete #1 …  Ctrl+C ends it…')
})

test('a long title leaves room for how it is ended, and has its own where there is hardly any', () => {
  const running = 'task search --limit 201 --repo akosha,mtos'
  expect(saidOfRunning({ ...ui, running }, 40)).toEqual(['task search --limit 201…', '  Ctrl+C ends it · '])
  expect(saidOfRunning({ ...ui, running }, 10)[0]).toBe('task search --l…')
})
