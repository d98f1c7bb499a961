import { expect, test } from 'vitest'
import { helpLines } from '../../../src/terminal/ui/help-pane.tsx'
import { ListPane } from '../../../src/terminal/ui/list-pane.tsx'
import { snapshotOf } from '../../support/any-snapshot.ts'
import { textOfLine, uiOver } from '../../support/ui-state.ts'

test('what is overdue has a sign where its deadline has no room, which help tells', () => {
  const tasks = [{ title: 'Late', deadline: '2020-01-01' }, { title: 'In time' }]
  const ui = uiOver({ name: 'demo', nicknames: [], snapshot: snapshotOf(...tasks) })
  const { children } = ListPane({ ui, width: 40, height: 9 }).props
  const drawn = children[1].map((row: { props: object; type: (props: object) => unknown }) =>
    JSON.stringify(row.type(row.props)),
  )
  expect(drawn.map((row: string) => row.includes('"children":"') && /[> ]!/.test(row))).toEqual([true, false])
  expect(helpLines(ui).map(textOfLine)).toContain('  !               overdue')
})
