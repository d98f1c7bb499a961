import { expect, test } from 'vitest'
import { correctedLine, spotOf } from '../../../src/terminal/failing/typed-words.ts'

const wrong = { field: 'status', value: 'wating', instead: 'waiting' }

test.each<[string[], object, string | null]>([
  [['tl', '--status', 'wating', '--label', 'a b'], {}, "mhv tl --status waiting --label 'a b'"],
  [['tl', '--status=wating'], {}, 'mhv tl --status=waiting'],
  [['tl', '--status', 'open,wating'], {}, 'mhv tl --status open,waiting'],
  // Which of two it is, the flag says.
  [['tc', 'wating', '--status', 'wating'], {}, 'mhv tc wating --status waiting'],
  [['tc', 'wating', 'wating'], {}, null],
  [['tl', '--status', 'open'], {}, null],
  // Each step gets back the directory that it is about.
  [['-C', '../x', '--json', 'tl', '--status', 'wating'], {}, 'mhv --json tl --status waiting'],
  [
    ['show', '1', '--format', 'json'],
    { field: 'format', value: 'json', instead: '--json' },
    'mhv show 1 --json',
  ],
  [['show', '--format=json'], { field: 'format', value: 'json', instead: '--json' }, 'mhv show --json'],
  [['tl', '--statsu=open'], { field: null, value: '--statsu', instead: '--status' }, 'mhv tl --status=open'],
  // A line that a terminal would not show as it is, or that is longer than anybody reads.
  [['tc', 'two\nlines', '--status', 'wating'], {}, null],
  [['tc', 'x'.repeat(400), '--status', 'wating'], {}, null],
])('%j', (words, more, line) => {
  expect(correctedLine(words, { ...wrong, ...more })).toBe(line)
})

test('a value is no part of a longer word', () => {
  expect(spotOf(['tl', '--label', 'x-auth', 'author', 'auth'], 'auth')).toEqual({ at: 4, flag: null })
  expect(spotOf(['tl', '--', '--label=auth'], 'auth')).toEqual({ at: 2, flag: null })
})
