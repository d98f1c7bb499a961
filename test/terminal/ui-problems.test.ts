import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { hasTerminal, openTerminal } from '../support/tmux.ts'

test('a command that waits for a lock says so when that takes a while', async () => {
  const { at } = await federationOf({ mtos: ['Buy milk'] })
  const demo = at('mtos')
  const lock = join(demo, '.git', 'refs', 'mtos', 'tasks.lock')
  writeFileSync(lock, '')
  const [answer] = await Promise.all([
    mhv(demo, 'task', 'comment', '1', 'waited', '--json'),
    pause(4000).then(() => rmSync(lock)),
  ])
  expect(answer.code).toBe(0)
  expect(answer.err).toMatch(/^Waiting, for 30 s at most: .* lock of the task log of mtos.*\n$/)
  expect((await mhv(demo, 'task', 'comment', '1', 'at once', '--json')).err).toBe('')
})

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
    terminal.keys('Escape')
    await terminal.until((seen) => !seen.includes('gone is not there'))
    // What a command waits for stands where its output does.
    const lock = join(at('akosha'), '.git', 'refs', 'mtos', 'tasks.lock')
    writeFileSync(lock, '')
    terminal.type('c')
    await terminal.until(/Comment on akosha#1:/)
    terminal.type('well')
    terminal.keys('Enter')
    await terminal.until(/Comment on akosha#1 …[\s\S]*│ *Waiting, for 30 s at most/)
    rmSync(lock)
    await terminal.until('Commented on akosha#1')
  })
})
