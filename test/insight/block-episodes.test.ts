import { describe, expect, test } from 'vitest'
import type { EventDraft } from '../../schemas/event.ts'
import { type BlockEpisode, blockEpisodes, groupReasons } from '../../src/insight/block-episodes.ts'
import { predictBlockers } from '../../src/insight/predict-blockers.ts'
import { hour, plainTask } from '../support/plain-task.ts'
import { after, appended, create, NO_TASK } from '../support/task-log.ts'

const episodesOf = (...drafts: readonly EventDraft[]) =>
  blockEpisodes(
    'demo/1',
    drafts.reduce((log, draft) => appended(log, [draft]), after(NO_TASK, create())),
  )
const blocked = (reason: string): EventDraft => ({ kind: 'TaskBlocked', data: { reason } })
const unblocked = (reason?: string): EventDraft => ({
  kind: 'TaskUnblocked',
  data: { to: 'pending', ...(reason ? { reason } : {}) },
})
const comment = (text: string): EventDraft => ({ kind: 'CommentAdded', data: { text } })

describe('from events', () => {
  test('a task that was never blocked has none', () => {
    expect(episodesOf(comment('hello'))).toEqual([])
  })

  test.each<[string, EventDraft[], Partial<BlockEpisode>[]]>([
    ['lasts', [blocked('vendor')], [{ reason: 'vendor', to: null, helped: null }]],
    ['is over, and nobody said why', [blocked('vendor'), unblocked()], [{ reason: 'vendor', helped: null }]],
    [
      'is over for a reason',
      [blocked('vendor'), comment('hm'), unblocked('they called')],
      [{ helped: 'they called' }],
    ],
    [
      'is over after a comment',
      [comment('old'), blocked('vendor'), comment('bought it'), unblocked()],
      [{ helped: 'bought it' }],
    ],
    [
      'has another reason in the end',
      [blocked('vendor'), blocked('the lawyers'), unblocked()],
      [{ reason: 'the lawyers' }],
    ],
    [
      'was cancelled, which is no help',
      [blocked('vendor'), comment('never mind'), { kind: 'TaskCancelled', data: { reason: 'no' } }],
      [{ helped: null }],
    ],
    ['came twice', [blocked('a'), unblocked(), blocked('b')], [{ reason: 'a' }, { reason: 'b', to: null }]],
  ])('one that %s', (_, drafts, episodes) => {
    expect(episodesOf(...drafts)).toMatchObject(episodes)
    expect(episodesOf(...drafts)).toHaveLength(episodes.length)
  })
})

const episode = (key: string, reason: string, from = 0): BlockEpisode => ({
  key,
  reason,
  from: hour(from),
  to: hour(from + 5),
  helped: 'asked twice',
})

test('reasons of like wording are one group, whatever the order in which they come', () => {
  const episodes = [
    episode('a', 'Waiting for the vendor to answer', 1),
    episode('b', 'No test database', 2),
    episode('c', 'waiting for vendor', 3),
    episode('d', 'The vendor does not answer', 4),
  ]
  const sizes = (all: readonly BlockEpisode[]) =>
    groupReasons(all).map(({ episodes: members }) => members.map(({ key }) => key).join(''))
  expect(sizes(episodes)).toEqual(['acd', 'b'])
  expect(sizes([...episodes].reverse())).toEqual(['acd', 'b'])
})

describe('what may block a task', () => {
  const done = Array.from({ length: 60 }, (_, i) =>
    plainTask(i + 1, {
      at: i * 10,
      took: 8,
      title: i % 4 === 0 ? 'Sign contract with vendor' : 'Fix layout',
    }),
  )
  const vendor = done
    .filter(({ title }) => title.startsWith('Sign'))
    .map(({ key }) => episode(key, 'legal review'))

  test('is what blocked tasks like it, with the evidence and what helped; others are spared', () => {
    const like = plainTask(99, { at: 900, title: 'Sign contract with another vendor' })
    const [first, ...others] = predictBlockers(like, done, vendor, hour(900))!
    expect(others).toEqual([])
    expect(first).toMatchObject({ reason: 'legal review', base: 0.25, isBaseline: false })
    expect(first!.probability).toBeGreaterThan(0.5)
    expect(first!.evidence.map(({ helped }) => helped)).toContain('asked twice')
    expect(predictBlockers(plainTask(98, { at: 900, title: 'Fix layout' }), done, vendor, hour(900))).toEqual(
      [],
    )
  })

  test('is not said where too little can be learnt from', () => {
    expect(predictBlockers(plainTask(99, { at: 900 }), done.slice(0, 7), vendor, hour(900))).toBeNull()
  })

  test('is as likely as of all tasks where likeness has proved nothing', () => {
    const like = plainTask(99, { at: 900, title: 'Sign contract with vendor' })
    const some = done.slice(0, 20)
    const often = some.slice(0, 10).map(({ key }) => episode(key, 'no server'))
    expect(predictBlockers(like, some, often, hour(900))).toMatchObject([
      { reason: 'no server', probability: 0.5, base: 0.5, isBaseline: true },
    ])
  })

  test('rests on nothing that came later', () => {
    const like = plainTask(99, { at: 100, title: 'Sign contract' })
    const later = done.map((task) => episode(task.key, 'legal review', 300))
    expect(predictBlockers(like, done, later, hour(150))).toEqual([])
  })
})
