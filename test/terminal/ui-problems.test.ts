import { renameSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { federationOf } from '../support/federation.ts'
import { hasTerminal, openTerminal } from '../support/tmux.ts'

describe.runIf(hasTerminal)('repositories that cannot be read', () => {
  test('are named when the view opens and when one goes, with a sign while they are away', async () => {
    const { directory, at } = await federationOf({ akosha: ['Feed fish'], mtos: ['Buy milk'] }, [
      'akosha',
      'mtos',
      'gone',
    ])
    const terminal = await openTerminal(directory, { columns: 110, rows: 30 })
    onTestFinished(() => terminal.close())
    terminal.type('mhv ui --all')
    terminal.keys('Enter')
    await terminal.until(/^ 2 of 3 repositories[\s\S]*Problem: gone is not there/)
    terminal.keys('Escape')
    await terminal.until((seen) => !seen.includes('Problem:') && seen.includes('2 of 3 repositories'))
    renameSync(at('mtos'), at('mtos-away'))
    const screen = await terminal.until(/^ 1 of 3 repositories[\s\S]*Problem: mtos is not there/)
    expect(screen).not.toContain('gone is not there')
    terminal.keys('Escape')
    await terminal.until((seen) => !seen.includes('Problem:'))
    terminal.type('v')
    await terminal.until(
      /gone is not there[\s\S]*mtos is not there|mtos is not there[\s\S]*gone is not there/,
    )
  })
})
