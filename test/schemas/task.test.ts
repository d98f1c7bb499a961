import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ZodType } from 'zod'
import * as rules from '../../schemas/task.ts'
import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import { Head, taskJson } from '../../src/snapshot/row.ts'
import { encodeSegment, headsEnd } from '../../src/snapshot/segment.ts'
import { type ReadTask, readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { anyText, NASTY_TEXTS, runs } from '../support/nasty-text.ts'
import { after, create, NO_TASK, TASK, ulidOf } from '../support/task-log.ts'

const HIDDEN = {
  'a NUL': 'a\u0000b',
  'a terminal escape': 'a\u001b[31mb',
  'a bell': 'a\u0007b',
  'a delete': 'a\u007fb',
  'a C1 control': 'a\u009bb',
  'a carriage return': 'a\rb',
  'a direction override': 'a\u202eb',
  'an isolate': 'a\u2066b',
  'a mark of direction': 'a\u200fb',
  'a line separator': 'a\u2028b',
  'a byte order mark': 'a\ufeffb',
  'a lone high surrogate': 'a\ud83db',
  'a lone low surrogate': 'a\ude00b',
}
const ILL_FORMED_LINES = {
  nothing: '',
  'a line feed': 'a\nb',
  'a tab': 'a\tb',
  'a blank before': ' a',
  'a blank after': 'a\u00a0',
  ...HIDDEN,
}
const LINES = [
  'a',
  'Fix auth bug',
  'yes',
  '1e3',
  '- a',
  'title: x',
  '!!js/function',
  '--',
  '$(touch x)',
  '../../x',
  '🦄',
  'é\u0301',
  '日本語',
  'שלום',
  '"',
]

interface Rule {
  readonly rule: ZodType
  readonly accepted: readonly unknown[]
  readonly refused: readonly unknown[]
}

const ID = ulidOf(7)
const RULES: Readonly<Record<string, Rule>> = {
  title: { rule: rules.title, accepted: [...LINES, 'x'.repeat(200)], refused: [...Object.values(ILL_FORMED_LINES), 'x'.repeat(201), 'x'.repeat(10_000_000), 1, null, undefined, ['a']] },
  visibleTitle: { rule: rules.visibleTitle, accepted: [...LINES, 'x'.repeat(200)], refused: ['\u200b', '\u2800', '\u00ad\u200d', ''] },
  description: { rule: rules.description, accepted: ['', ...LINES, 'a\n\n b\t\n', 'x'.repeat(5000)], refused: [...Object.values(HIDDEN), 'x'.repeat(5001), null] },
  request: { rule: rules.request, accepted: ['a', 'a\nb', 'Fix it by Friday', 'x'.repeat(5000)], refused: ['', '  ', '\u200b', 'x'.repeat(5001), ...Object.values(HIDDEN)] },
  commentText: { rule: rules.commentText, accepted: ['a\nb', 'x'.repeat(16_384), 'ä'.repeat(8192)], refused: ['', 'x'.repeat(16_385), 'ä'.repeat(8193), ...Object.values(HIDDEN)] },
  reason: { rule: rules.reason, accepted: [...LINES, 'x'.repeat(500)], refused: [...Object.values(ILL_FORMED_LINES), 'x'.repeat(501)] },
  givenReason: { rule: rules.givenReason, accepted: [...LINES, '… and more'], refused: ['…', '...', '', 'x'.repeat(501)] },
  person: { rule: rules.person, accepted: [...LINES, 'Ann <ann@example.com>'], refused: [...Object.values(ILL_FORMED_LINES), 'x'.repeat(201)] },
  writtenPerson: { rule: rules.writtenPerson, accepted: [...LINES.filter((line) => !/[<>]/.test(line)), 'Ann <ann@example.com>', '<ann@example.com>'], refused: ['Ann <ann@example.com>zoe', 'Ann <ann', 'ann>', 'a <b> <c>', ''] },
  label: { rule: rules.label, accepted: ['auth', 'p0/urgent', 'a:b', '1e3', 'yes', '-x', '#7', 'ärger', '🦄', 'x'.repeat(60)], refused: ['a b', 'a,b', '[a', 'b]', '{a', 'b}', '"a', "'a", '`a', 'a\u00a0b', 'x'.repeat(61), ...Object.values(ILL_FORMED_LINES)] },
  branchName: { rule: rules.branchName, accepted: ['task/12', 'feature/ä-b', 'a.b', 'a@b', '@x', 'a{b'], refused: ['-a', 'a b', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[b', 'a\\b', '~a', '../x', 'a..b', 'a//b', '/a', 'a/', 'a.', '.a', 'a/.b', 'a.lock', 'a.lock/b', 'a@{b', '@', ''] },
  objectId: { rule: rules.objectId, accepted: ['a1'.repeat(20), '0'.repeat(64)], refused: ['a1'.repeat(19), 'A1'.repeat(20), 'g'.repeat(40), 'HEAD', ''] },
  ulid: { rule: rules.ulid, accepted: [ID, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', '0'.repeat(26)], refused: ['8ZZZZZZZZZZZZZZZZZZZZZZZZZ', ID.toLowerCase(), ID.slice(1), `${ID}0`, `I${ID.slice(1)}`, ID.replace(/.$/, 'U'), `${ID}\n`, 12] },
  taskReference: { rule: rules.taskReference, accepted: [ID, `crackerjack/${ID}`, `a.b_c-1/${ID}`], refused: [`../${ID}`, `.a/${ID}`, `-a/${ID}`, `a/b/${ID}`, `/${ID}`, 'crackerjack#12', `${ID}/x`, ''] },
  repositoryName: { rule: rules.repositoryName, accepted: ['session-buddy', 'a', '1.x_y'], refused: ['', '.', '..', '-a', '.git', 'a/b', 'a b', '../x', '$(x)', 'ä', 'a\n'] },
  taskNumber: { rule: rules.taskNumber, accepted: [1, 2 ** 31 - 1], refused: [0, -1, 1.5, 2 ** 31, '1', Number.NaN, null] },
  deadline: { rule: rules.deadline, accepted: ['2026-11-27', '2028-02-29', '0001-01-01', '9999-12-31', '2026-11-27T18:00Z', '2026-11-27T18:00:00Z', '2026-11-27T18:00:00.123+05:30'], refused: ['2026-02-29', '2026-13-01', '2026-00-10', '2026-11-00', '2026-1-1', '27.11.2026', '2026-11-27T18:00', '2026-11-27T25:00Z', '2026-11-27T18:00:00+99:99', '2026-11-27 18:00Z', 'tomorrow', '', '2026-11-27\n'] },
  estimate: { rule: rules.estimate, accepted: ['90m', '3h', '0.5d', '1.25w', '5pt', '0h', '999999h'], refused: ['3', 'h', '3 h', '-3h', '03h', '3H', '1.234h', '1e3h', '1000000h', '3h ', '.5h', '3x', ''] },
  instant: { rule: rules.instant, accepted: ['2026-11-20T10:00:00.123Z'], refused: ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.123+01:00', '2026-13-20T10:00:00.123Z', '2026-11-20', ''] },
  type: { rule: rules.type, accepted: TASK_TYPES, refused: ['Bug', '', 'constructor', null] },
  status: { rule: rules.status, accepted: STATUSES, refused: ['open', 'done', 'Pending'] },
  priority: { rule: rules.priority, accepted: PRIORITIES, refused: ['P0', 'HIGH', 1] },
  source: { rule: rules.source, accepted: [{ system: 'github', id: '7' }, { system: 'a', id: 'b', url: 'kept' }], refused: [{ system: 'github' }, { system: '', id: '7' }, { system: 'a\nb', id: '7' }, 'github:7', null] },
} // biome-ignore format: a table

describe.each(Object.entries(RULES))('%s', (_name, { rule, accepted, refused }) => {
  const short = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 60)
  test.each(accepted.map((value) => ({ shown: short(value), value })))(
    'takes $shown as it is',
    ({ value }) => {
      expect(rule.safeParse(value)).toMatchObject({ success: true, data: value })
    },
  )
  test.each(refused.map((value) => ({ shown: short(value), value })))('refuses $shown', ({ value }) => {
    expect(rule.safeParse(value).success).toBe(false)
  })
})

test('every rule that the schema has is tested here', () => {
  // What makes rules, or is a part of some.
  const makers = ['line', 'text', 'isCalendarDate', 'LONGEST_TEXT']
  expect(Object.keys(RULES).sort()).toEqual(
    Object.keys(rules)
      .filter((name) => !makers.includes(name))
      .sort(),
  )
})

describe('a title that is accepted', () => {
  const survives = async (title: string) => {
    const read = (await readTaskFile(TASK, renderTaskFile(after(NO_TASK, create({ title }))))) as ReadTask
    expect(read.faults).toEqual([])
    expect(JSON.parse(taskJson(read.task)).title).toBe(title)
    const segment = encodeSegment([{ task: read.task, writable: true }])
    expect(new Head(segment.heap.toString('utf8', 0, headsEnd(segment.rows))).title).toBe(title)
  }

  test.each(NASTY_TEXTS.filter((text) => rules.title.safeParse(text).success))('%j survives', survives)

  test('survives creation, YAML, the index and JSON unchanged, whatever it is', async () => {
    const anyTitle = fc.oneof(anyText, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }))
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(anyTitle, async (title) => {
        if (!rules.title.safeParse(title).success) return
        accepted++
        await survives(title)
      }),
      runs(600),
    )
    expect(accepted).toBeGreaterThan(200)
  })

  test('shows what it holds: no control, escape or override is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        if (rules.title.safeParse(text).success)
          expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
      }),
      runs(2000),
    )
  })
})
