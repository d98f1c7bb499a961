import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import * as rules from '../../schemas/task.ts'
import { type ReadTask, readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { readOwnYaml } from '../../src/store/yaml-reader.ts'
import type { Command } from '../../src/tasks/decide.ts'
import { draft } from '../../src/tasks/event-kind.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import { anyLog, anyTitle } from '../support/any-log.ts'
import { NASTY_TEXTS, runs } from '../support/nasty-text.ts'
import { after, appended, create, instantOf, NO_TASK, TASK, ulidOf, united } from '../support/task-log.ts'

const minimal = after(NO_TASK, create())

const filled = appended(
  after(
    NO_TASK,
    create({
      title: 'Fix auth bug: refresh',
      description: 'The token is not refreshed.\n\n  after 1 h\n',
      type: 'bug',
      priority: 'high',
      deadline: '2026-11-27',
      estimate: '3h',
      assignee: 'ann@example.com',
      labels: ['auth', 'p0/urgent'],
      depends_on: [`crackerjack/${ulidOf(7)}`],
      parent: null,
      criteria: [{ id: ulidOf(601), text: 'Refresh works after 1 h' }],
      source: { system: 'github', id: '1234' },
      metadata: { Sprint: 'S1', points: 3, nested: { deep: [1, { a: null }] } },
    }),
    {
      kind: 'StartTask',
      branch: 'task/12',
      base: 'a1'.repeat(20),
      assignee: 'bob',
      force: true,
      reason: 'urgent',
    },
    { kind: 'AddComment', text: 'Two\nlines' },
    { kind: 'CheckCriterion', place: 1, met: true, evidence: 'seen in test 3' },
  ),
  [
    draft('ParentSet', { parent: ulidOf(8) }),
    draft('TaskRenumbered', { number: 15 }),
    draft('TaskCompleted', {
      commit: '1'.repeat(40),
      branch: 'task/12',
      gates: [{ gate: 'lint', outcome: 'passed' }],
    }),
    draft('TaskDeleted', { reason: 'a duplicate of #14' }),
  ],
)

const linked = after(NO_TASK, create(), {
  kind: 'AddLinks',
  link: ulidOf(77),
  to: [`crackerjack/${ulidOf(7)}`, `akosha/${ulidOf(8)}`],
})

const requested = after(NO_TASK, {
  ...create(),
  request: {
    request: 'Fix auth bug by Friday: #auth\n- [ ] refresh works',
    confidence: 0.93,
    understood: { title: 'Fix auth bug', deadline: '2026-11-27', labels: ['auth'] },
    corrected: { deadline: '2026-12-01', labels: null },
  },
} as Command)

const nasty = appended(
  after(NO_TASK, create({ title: '!!js/function "x"', labels: ['yes', '1e3', 'a#b', '-x'] })),
  NASTY_TEXTS.filter((text) => rules.commentText.safeParse(text).success).map((text) =>
    draft('CommentAdded', { text }),
  ),
)

/** What two clones did at once, and two events whose clocks cannot be true. */
const concurrent = (() => {
  const mine = appended(minimal, [draft('TaskEdited', { title: 'Mine' })], 2)
  const theirs = appended(
    minimal,
    [draft('TaskBlocked', { reason: 'no' }), draft('TaskUnblocked', { to: 'pending' })],
    3,
  )
  const both = united(mine, theirs)
  const bad = { ...mine.events[1]!, id: ulidOf(77), clock: 9 }
  return {
    id: TASK,
    events: [...both.events, bad, { ...bad, id: ulidOf(78), after: [ulidOf(77)], clock: 10 }],
  }
})()

/** Keys that a later version may add, at each place. */
const unknownKeys: TaskLog = {
  id: TASK,
  events: minimal.events.map((event) => ({
    ...event,
    data: { ...event.data, colour: 'no', weights: [1, 2.5], 'odd key': { __proto__x: true } },
    seal: 'sha256:1e3',
  })),
}

const GOLDEN: Readonly<Record<string, TaskLog>> = {
  minimal,
  filled,
  linked,
  requested,
  nasty,
  concurrent,
  unknownKeys,
}
const directory = join(import.meta.dirname, 'golden')
const golden = (name: string) => readFileSync(join(directory, `${name}.yaml`), 'utf8')

describe('the layout is frozen', () => {
  test.each(Object.keys(GOLDEN))('%s', async (name) => {
    expect(renderTaskFile(GOLDEN[name]!)).toBe(golden(name))
  })

  test.each(readdirSync(directory))('%s is read without a fault, alike by both readers', async (file) => {
    const text = golden(file.replace('.yaml', ''))
    const read = (await readTaskFile(TASK, text)) as ReadTask
    expect(read).toMatchObject({ writable: true, faults: [] })
    expect(renderTaskFile(read.log)).toBe(text)
    expect(JSON.parse(JSON.stringify(readOwnYaml(text)))).toEqual(parse(text))
  })
})

describe('a file that another hand reformatted', () => {
  test.each([
    ['by a YAML library', (text: string) => stringify(parse(text), { indentSeq: false })],
    ['in single quotes', (text: string) => stringify(parse(text), { defaultStringType: 'QUOTE_SINGLE' })],
    [
      'folded',
      (text: string) => stringify(parse(text), { lineWidth: 30, defaultStringType: 'QUOTE_DOUBLE' }),
    ],
    ['as JSON', (text: string) => JSON.stringify(parse(text))],
    ['with other line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    [
      'with comments',
      (text: string) => text.replaceAll('kind: ', '# a comment\n    kind: ').replace(/$/, '# end\n'),
    ],
    ['without its last line feed', (text: string) => text.slice(0, -1)],
  ])('%s is read by its events, and the difference said', async (_how, reformat) => {
    for (const log of [minimal, filled, concurrent]) {
      const text = renderTaskFile(log)
      const reformatted = reformat(text)
      expect(reformatted).not.toBe(text)
      const read = (await readTaskFile(TASK, reformatted)) as ReadTask
      expect(read.faults).toEqual(['its text is not what its events make'])
      expect(read.writable).toBe(true)
      expect(renderTaskFile(read.log)).toBe(text)
    }
  })

  test('any log reformatted is read as the same log', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLog,
        fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'),
        async (log, style) => {
          const text = renderTaskFile(log)
          const options = {
            defaultStringType: style as 'PLAIN',
            defaultKeyType: 'PLAIN' as const,
            lineWidth: 40,
          }
          const read = (await readTaskFile(TASK, stringify(parse(text), options))) as ReadTask
          expect(renderTaskFile(read.log)).toBe(text)
        },
      ),
      runs(40),
    )
  })

  test('words that look like our layout but mean something else to YAML mean what YAML says', async () => {
    const text = renderTaskFile(after(minimal, { kind: 'AddComment', text: 'plain words' }))
    const edited = text.replace('text: plain words', "text: 'it''s' # a comment")
    const read = (await readTaskFile(TASK, edited)) as ReadTask
    expect(read.task.comments[0]?.text).toBe("it's")
    expect(read.faults).toHaveLength(1)
  })

  test('a projection edited by hand changes nothing: the events count', async () => {
    const read = (await readTaskFile(
      TASK,
      renderTaskFile(minimal).replace('status: pending', 'status: completed'),
    )) as ReadTask
    expect(read.task.status).toBe('pending')
    expect(read.faults).toEqual(['its text is not what its events make'])
  })
})

describe('an event that is in a file twice', () => {
  const text = renderTaskFile(filled)
  const [event] = filled.events.slice(2, 3)
  const withEvents = (events: readonly object[]) =>
    stringify({ ...(parse(text) as object), events }, { aliasDuplicateObjects: false })

  test('counts once', async () => {
    const doubled = withEvents([...filled.events, event!])
    const read = (await readTaskFile(TASK, doubled)) as ReadTask
    expect(read.task).toEqual(fold(filled))
    expect(read.faults).toContain(`event ${event!.id} is there more than once`)
  })

  test('with different contents counts with the smaller bytes, whichever comes first', async () => {
    const forged = { ...event!, by: 'A forger <a@example.com>' }
    const both = [
      [...filled.events, forged],
      [forged, ...filled.events],
    ]
    const reads = await Promise.all(both.map((list) => readTaskFile(TASK, withEvents(list))))
    const rendered = reads.map((read) => renderTaskFile((read as ReadTask).log))
    expect(rendered[0]).toBe(rendered[1])
    expect(rendered[0]).toContain('A forger')
  })
})

describe('a file of a newer program', () => {
  const newer = (from: string, to: string) => renderTaskFile(filled).replace(from, to)

  test.each([
    ['a newer fold', newer('v: 1', 'v: 2')],
    ['a kind that is not known here', newer('kind: CommentAdded', 'kind: TaskPinned')],
    [
      'a newer fold with other data',
      newer('title: "Fix auth bug: refresh"\n      type', 'title: [a, b]\n      type').replace(
        'v: 1',
        'v: 2',
      ),
    ],
  ])('%s can be read, not written', async (_what, text) => {
    const read = (await readTaskFile(TASK, text)) as ReadTask
    expect(read).toMatchObject({
      writable: false,
      faults: [],
      task: {
        id: TASK, number: 15, title: 'Fix auth bug: refresh', type: 'bug', createdAt: instantOf(0), updatedAt: instantOf(4), status: 'completed', priority: 'high',
        deadline: '2026-11-27', estimate: '3h', assignee: 'ann@example.com', parent: ulidOf(8), branch: 'task/12', deleted: true,
        aliases: [12],
        criteria: [{ id: ulidOf(601), text: 'Refresh works after 1 h', met: true, evidence: 'seen in test 3' }],
        source: { system: 'github', id: '1234' },
      },
    }) // biome-ignore format: a table
    expect([...read.task.labels.keys()]).toEqual(['auth', 'p0/urgent'])
    expect([...read.task.dependsOn.keys()]).toEqual([`crackerjack/${ulidOf(7)}`])
    expect(read.log.events).toHaveLength(filled.events.length)
  })

  test('words for type or status that are not known here read as the usual ones', async () => {
    const text = newer('v: 1', 'v: 2')
      .replace('status: completed', 'status: parked')
      .replace('type: bug', 'type: [x]')
    const read = (await readTaskFile(TASK, text)) as ReadTask
    expect(read.task).toMatchObject({ status: 'pending', type: 'task' })
  })
})

describe('a damaged file says what is wrong, and the number it seems to have', () => {
  const text = renderTaskFile(minimal)
  test.each([
    ['nothing', '', 0, /no events/],
    ['no YAML', 'number: 12\n"unclosed', 12, /not YAML/],
    ['cut off in the middle of an event', text.slice(0, text.indexOf('clock')), 12, /malformed/],
    ['cut off before its events', text.slice(0, text.indexOf('events:')), 12, /no events/],
    ['no events', text.replace(/events:.*/s, 'events: []\n'), 12, /no events/],
    ['another task’s', text.replace(TASK, ulidOf(5)), 12, /says that it is/],
    ['a list', '- number: 12\n', 0, /no events/],
    ['an alias bomb', `a: &a [x, x]\nb: [${'*a, '.repeat(50)}*a]\n`, 0, /not YAML/],
    ['a key twice', text.replace('number: 12\n', 'number: 12\nnumber: 13\n'), 12, /not YAML/],
    [
      'a title that is a list',
      text.replace(/title: Fix auth bug\n$/, 'title: [a, b]\n'),
      12,
      /TaskCreated\) is malformed: title/,
    ],
    [
      'a title with an escape',
      text.replace(/title: Fix auth bug\n$/, 'title: "a\\u001b[31m"\n'),
      12,
      /malformed: title/,
    ],
    [
      'an event without an id',
      text.replace(/ - id: .*\n {4}kind/, ' - kind'),
      12,
      /an event is malformed: id/,
    ],
    ['a clock that cannot be', text.replace('clock: 1', 'clock: 2'), 12, /no event that counts creates it/],
    ['a clock that is a word', text.replace('clock: 1', 'clock: one'), 12, /malformed: clock/],
    ['a git conflict', text.replace('title', '<<<<<<< a\ntitle'), 12, /not YAML/],
  ])('%s', async (_what, damaged, number, why) => {
    expect(await readTaskFile(TASK, damaged)).toEqual({ number, unreadable: expect.stringMatching(why) })
  })
})

test('a title that the schema accepts survives the way through YAML', async () => {
  await fc.assert(
    fc.asyncProperty(anyTitle, async (title) => {
      const read = (await readTaskFile(TASK, renderTaskFile(after(NO_TASK, create({ title }))))) as ReadTask
      expect(read.task.title).toBe(title)
    }),
    runs(300),
  )
})

test('what is below the head of a file is enough: a foreign key above the events is a difference, not a danger', async () => {
  const read = (await readTaskFile(TASK, `owner: x\n${renderTaskFile(minimal)}`)) as ReadTask
  expect(read).toMatchObject({ writable: true, faults: ['its text is not what its events make'] })
})
