import fc from 'fast-check'
import { expect, test } from 'vitest'
import { termReader, textLikeness } from '../../src/insight/text-likeness.ts'
import { tokensOf } from '../../src/insight/words.ts'
import { anyText, runs } from '../support/nasty-text.ts'

test('a reader knows the words of a text as they stand in it, whatever it has read before', () => {
  const reader = termReader()
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      const text = `${one} ${other}\n${one}`
      const { ids, counts } = reader.termsOf(text)
      const said = new Map<string, number>()
      for (const { stem } of tokensOf(text)) said.set(stem, (said.get(stem) ?? 0) + 1)
      expect([...ids].map((id) => reader.stems[id])).toEqual([...said.keys()])
      expect([...counts]).toEqual([...said.values()].map((count) => 1 + Math.log(count)))
    }),
    runs(300),
  )
})

test('likeness is the same with a reader that has read other texts', () => {
  const texts = ['Fix crash in the parser', 'Parser crashes on fix', 'New page for billing', 'Crash']
  const reader = termReader()
  for (const text of ['billing page of the parser', 'zebra']) reader.termsOf(text)
  const others = [1, 2, 3]
  const alone = textLikeness(texts).to(0, others)
  expect([...textLikeness(texts, reader).to(0, others)]).toEqual([...alone])
  expect(alone[0]).toBeGreaterThan(alone[2]!)
  expect(alone[1]).toBe(0)
})
