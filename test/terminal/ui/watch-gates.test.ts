import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { GateProgress } from '../../../src/gates/gate-report.ts'
import { gateEvents } from '../../../src/terminal/ui/gate-events.ts'
import { printedLines } from '../../../src/terminal/ui/printed-lines.ts'
import type { GateSection, LiveGate } from '../../../src/terminal/ui/state.ts'
import { watchGates } from '../../../src/terminal/ui/watch-gates.ts'

const result = { gate: 'slow', outcome: 'failed', cached: false, seconds: 2.4 }
const ENDED = { kind: 'ended', result } as unknown as GateProgress

const fileOf = (text: string, name = 'slow.log') => {
  const file = join(mkdtempSync(join(tmpdir(), 'mhv-log-')), name)
  writeFileSync(file, text)
  return file
}

test('what is printed is taken apart from what becomes of gates, wherever its pieces end', () => {
  const texts: string[] = []
  const events: GateProgress[] = []
  const take = gateEvents(
    (text) => texts.push(text),
    (event) => events.push(event),
  )
  const started = { kind: 'started', gate: 'größe', log: null } as const
  const whole = Buffer.from(`before\n\u001e${JSON.stringify(started)}\nafter\n\u001enone\nö`)
  for (const byte of whole) take(Buffer.from([byte]))
  expect(texts.join('')).toBe('before\nafter\nnone\nö')
  expect(events).toEqual([started])
})

test.each([
  ['plain\n', ['plain']],
  ['\u001b[31mred\u001b[0m \u001b]0;title\u0007x', ['red x']],
  ['10 %\r50 %\r100 %\r\ndone\r\n', ['100 %', 'done']],
  ['\tin\u0007\u001b', ['    in  ']],
])('%j is shown as %j', (text, lines) => {
  expect(printedLines(text)).toEqual(lines)
})

test('the end of what a gate prints is told as it comes, with its seconds, and all of it at its end', async () => {
  const log = fileOf('')
  const told: (readonly LiveGate[])[] = []
  const { onEvent, end } = watchGates((gates) => told.push(gates))
  onEvent({ kind: 'planned', gates: ['slow', 'later'], place: null })
  expect(told.at(-1)).toMatchObject([
    { gate: 'slow', state: 'waits' },
    { gate: 'later', state: 'waits' },
  ])
  onEvent({ kind: 'started', gate: 'slow', log })
  appendFileSync(log, 'one\n\u001b[32mtwo\u001b[0m\n')
  for (let i = 0; i < 50 && told.at(-1)?.[0]?.lines.length !== 2; i++) await pause(50)
  expect(told.at(-1)?.[0]).toMatchObject({ state: 'runs', lines: ['one', 'two'] })
  for (let i = 0; i < 50 && told.at(-1)?.[0]?.seconds !== 1; i++) await pause(50)
  expect(told.at(-1)?.[0]).toMatchObject({ seconds: 1, lines: ['one', 'two'] })
  appendFileSync(log, 'three\n')
  onEvent(ENDED)
  const { gates, sections } = await end()
  expect(gates).toMatchObject([
    { gate: 'slow', state: 'failed', seconds: 2 },
    { gate: 'later', state: 'waits' },
  ])
  const head = [`Output of slow (${log}):`]
  expect(sections).toEqual([{ isFine: false, head, lines: ['one', 'two', 'three'] }])
  const before = told.length
  await pause(300)
  expect(told).toHaveLength(before)
})

test('of much output no more than a tail is held while it runs, and its end when it is over', async () => {
  const log = fileOf('')
  const told: (readonly LiveGate[])[] = []
  const { onEvent, end } = watchGates((gates) => told.push(gates))
  onEvent({ kind: 'started', gate: 'slow', log })
  const line = `${'x'.repeat(99)}\n`
  for (let i = 0; i < 30; i++) {
    appendFileSync(log, line.repeat(1000))
    await pause(20)
  }
  appendFileSync(log, 'last\n')
  for (let i = 0; i < 50 && told.at(-1)?.[0]?.lines.at(-1) !== 'last'; i++) await pause(50)
  expect(told.at(-1)?.[0]?.lines.at(-1)).toBe('last')
  expect(Math.max(...told.map(([gate]) => gate!.lines.length))).toBeLessThanOrEqual(60)
  // Drawn five times a second, however often it printed.
  expect(told.length).toBeLessThan(15)
  onEvent(ENDED)
  const [{ head, lines }] = (await end()).sections as [GateSection]
  expect(head[1]).toBe(`… ${3_000_005 - 2_000_000 + 95} bytes before, which are in the file`)
  expect(lines).toHaveLength(19_999 + 1)
  expect(lines.at(-1)).toBe('last')
})

test('one without output has no section', async () => {
  const { onEvent, end } = watchGates(() => {})
  onEvent({ kind: 'started', gate: 'slow', log: fileOf('bad\n') })
  onEvent({ kind: 'started', gate: 'fine', log: fileOf('good\n', 'fine.log') })
  onEvent({ kind: 'started', gate: 'silent', log: fileOf('') })
  onEvent(ENDED)
  for (const gate of ['fine', 'silent']) {
    onEvent({ kind: 'ended', result: { ...result, gate, outcome: 'passed' } } as unknown as GateProgress)
  }
  const { sections } = await end()
  expect(sections).toMatchObject([
    { isFine: false, lines: ['bad'] },
    { isFine: true, lines: ['good'] },
  ])
})
