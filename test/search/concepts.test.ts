import { describe, expect, test } from 'vitest'
import { conceptsOf } from '../../src/search/concepts.ts'
import { corpusOf } from '../../src/search/corpus.ts'
import { lexicalScores } from '../../src/search/lexical-scores.ts'
import { termCounts } from '../../src/search/task-terms.ts'
import { corpusOfTexts, segmentOf } from '../support/searched-texts.ts'

const titled = (...titles: string[]) => titles.map((title) => ({ title }))

/** What each part of a query is looked for by. */
const membersOf = (titles: readonly string[], query: string, thesaurus: readonly string[] = []) =>
  Object.fromEntries(
    conceptsOf(corpusOfTexts(titled(...titles)), query, thesaurus).map(({ text, members }) => [
      text,
      members.map(({ terms, relation, weight }) => `${relation} ${terms.join(' ')} ${weight}`),
    ]),
  )

describe('a word that no document has', () => {
  test('is taken for the beginning of others', () => {
    expect(membersOf(['Deployment', 'Deployer of things'], 'deplo')).toEqual({
      deplo: ['word deplo 1', 'prefix deploy 0.8'],
    })
  })

  test('is else taken for misspelt: by one character, by two where it is long', () => {
    expect(membersOf(['Cursor jumps', 'Dashboard'], 'cursir dashbaord')).toEqual({
      cursir: ['word cursir 1', 'typo cursor 0.6'],
      dashbaord: ['word dashbaord 1', 'typo dashboard 0.6'],
    })
    expect(membersOf(['Cursor jumps'], 'corsir')).toEqual({ corsir: ['word corsir 1'] })
  })

  test('is neither where it is short', () => {
    expect(membersOf(['Deploy the map'], 'mop de')).toEqual({ mop: ['word mop 1'], de: ['word de 1'] })
  })
})

test('a word that a document has is not guessed at', () => {
  expect(membersOf(['Deploy', 'Deployment', 'deplo'], 'deplo')).toEqual({ deplo: ['word deplo 1'] })
})

describe('what only outdated documents say is not guessed at', () => {
  /** Of two segments, the first is of documents that have changed since. */
  const changed = (before: string[], now: string[]) => {
    const documents = (titles: string[]) =>
      segmentOf(titles.map((title, i) => ({ idHash: i, sum: i, ...termCounts({ title }) })))
    return corpusOf(
      [
        { segment: documents(before), numbers: new Int32Array(before.length).fill(-1) },
        { segment: documents(now), numbers: Int32Array.from(now, (_, i) => i) },
      ],
      now.length,
    )
  }

  test('as a misspelt word', () => {
    // The outdated word differs by one character only, the other one by two.
    const [concept] = conceptsOf(changed(['abcdefghix'], ['abcdefgyyj']), 'abcdefghij', [])
    expect(concept!.members.map(({ terms }) => terms[0])).toEqual(['abcdefghij', 'abcdefgyyj'])
  })

  test('as the beginning of a word', () => {
    const before = Array.from({ length: 300 }, (_, i) => `zeb${i}`)
    const [concept] = conceptsOf(changed(before, ['zebzz']), 'zeb', [])
    expect(concept!.members.map(({ terms }) => terms[0])).toEqual(['zeb', 'zebzz'])
  })
})

test('the same beginnings are found however documents are spread', () => {
  const titles = titled(...Array.from({ length: 600 }, (_, i) => `q${'xyz'[i % 3]}${i} qx${i % 250}`))
  const query = conceptsOf(corpusOfTexts(titles), 'qx qxx qx1', [])
  for (const sizes of [
    [300, 300],
    [1, 598, 1],
    [100, 100, 400],
  ]) {
    expect(conceptsOf(corpusOfTexts(titles, sizes), 'qx qxx qx1', [])).toEqual(query)
  }
  const many = titled(...Array.from({ length: 500 }, (_, i) => `qxz${(i * 7) % 500} again`))
  const found = conceptsOf(corpusOfTexts(many), 'qxz', [])
  expect(found[0]!.members).toHaveLength(21)
  expect(conceptsOf(corpusOfTexts(many, [250, 250]), 'qxz', [])).toEqual(found)
})

describe('other words for the same thing', () => {
  const THESAURUS = [
    'freeze, hang, stuck ~ deadlock, infinite loop',
    'log in, sign in, authenticate',
    'home folder, home directory',
  ]

  test('are those of the group, what is narrower counting less', () => {
    expect(membersOf(['One'], 'freezes', THESAURUS)).toEqual({
      freezes: [
        'word freez 1',
        'synonym hang 0.7',
        'synonym stick 0.7',
        'related deadlock 0.35',
        'related infinit loop 0.35',
      ],
    })
    expect(membersOf(['One'], 'deadlock', THESAURUS).deadlock).toEqual([
      'word deadlock 1',
      'related freez 0.35',
      'related hang 0.35',
      'related stick 0.35',
      'sibling infinit loop 0.1',
    ])
  })

  test('belong to a phrase as a whole', () => {
    expect(membersOf(['One'], 'cannot log in', THESAURUS)).toMatchObject({
      'log in': expect.arrayContaining(['synonym authent 0.7', 'synonym signin 0.7']),
    })
    expect(membersOf(['One'], 'log', THESAURUS)).toEqual({ log: ['word log 1'] })
    expect(membersOf(['One'], 'the folder at home', THESAURUS)).toEqual({
      folder: ['word folder 1'],
      home: ['word home 1'],
    })
  })

  test('do not count beside the word itself', () => {
    const texts = titled('Freeze', 'Freeze hang', 'Something else')
    const corpus = corpusOfTexts(texts)
    const alone = lexicalScores(corpus, conceptsOf(corpus, 'hang', []))
    const scores = lexicalScores(corpus, conceptsOf(corpus, 'hang', THESAURUS))
    expect(scores[1]).toBe(alone[1])
    expect(scores[0]).toBeGreaterThan(0)
    expect(scores[2]).toBe(0)
  })
})

test('a word that is asked for twice counts once, and stop words not at all', () => {
  expect(Object.keys(membersOf(['One'], 'why does the cursor cursors jump'))).toEqual(['cursor', 'jump'])
})

test('of a query without an end, the beginning is looked for', () => {
  const query = Array.from({ length: 5000 }, (_, i) => `word${i}`).join(' ')
  expect(conceptsOf(corpusOfTexts(titled('word1')), query, [])).toHaveLength(60)
})
