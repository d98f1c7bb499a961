import { describe, expect, test } from 'vitest'
import { explain } from '../../src/search/explain.ts'
import { ranked } from '../../src/search/feedback.ts'
import type { TaskText } from '../../src/search/task-terms.ts'
import { THESAURUS_LINES } from '../../src/search/thesaurus-lines.ts'
import { expandedQuery } from '../../src/searching/search-tasks.ts'
import { searchedTexts } from '../support/searched-texts.ts'

/** Numbers of what a search finds among some texts, the best first; its parts add up to each score. */
function found(texts: readonly TaskText[], query: string): number[] {
  const searched = searchedTexts(texts)
  const { concepts, scores } = expandedQuery(searched, query, THESAURUS_LINES)
  const numbers = ranked(scores)
  for (const number of numbers) {
    const why = explain(searched.corpus, concepts, number, searched.hasPhrase)
    expect(why.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(scores[number]!, 6)
  }
  return numbers
}
const titled = (...titles: string[]) => titles.map((title) => ({ title }))

describe('a phrase that stands for a word', () => {
  test('counts where its words stand together, in their order', () => {
    expect(found(titled('Take over the board; it is back', 'Take it back'), 'undo')).toEqual([1])
  })

  test('as often as it says them', () => {
    const texts = [
      { title: 'Remove dot from the folder name' },
      { title: 'Export fails', description: 'The message ends in an ellipsis.' },
      { title: 'Show dot dot dot where a title is cut' },
    ]
    expect(found(texts, 'ellipsis')).toEqual([1, 2])
  })
})

test('a word that is not looked for counts by no other word either', () => {
  const texts = titled('Two tasks get the same id', 'Two tasks with equal id', 'Equal share')
  expect(found(texts, 'two tasks same id').slice(0, 2)).toEqual([0, 1])
})

test.each([
  ['depndency', 'Show dependencies'],
  ['dependnecy', 'Show dependencies'],
  ['configurtion', 'Configuration is lost'],
  ['configuraton', 'Configuration is lost'],
  ['serach', 'Search is slow'],
  ['kanbna', 'Kanban columns'],
  ['websevrer', 'Webserver stops'],
  ['compleiton', 'Completion of names'],
  ['cursorr', 'Cursor jumps'],
])('%s is one slip away from what is found', (word, title) => {
  expect(found(titled('Deploy elsewhere', title, 'Nothing of it'), word)).toEqual([1])
})
