import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeSettings } from '../../src/merge/merge-settings.ts'

describe('the merge of two mtos.yaml', () => {
  test('has the higher format and the sorted union of keys, unknown ones too', () => {
    const merged = mergeSettings({ format: 1, zebra: { on: true } }, { format: 2, ant: ['x'] })
    expect(Object.entries(merged)).toEqual([
      ['ant', ['x']],
      ['format', 2],
      ['zebra', { on: true }],
    ])
  })

  test('chooses one of two values for a key alike from both sides', () => {
    expect(mergeSettings({ colour: 'red' }, { colour: 'blue' })).toEqual({ colour: 'blue' })
    expect(mergeSettings({ colour: 'blue' }, { colour: 'red' })).toEqual({ colour: 'blue' })
  })

  test('is commutative, associative and idempotent', () => {
    const settings = fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'toString'), fc.jsonValue(), {
      maxKeys: 3,
    })
    const withFormat = fc.tuple(settings, fc.nat(3)).map(([rest, format]) => ({ ...rest, format }))
    const text = (value: unknown) => JSON.stringify(value)
    fc.assert(
      fc.property(withFormat, withFormat, withFormat, (a, b, c) => {
        expect(text(mergeSettings(mergeSettings(a, b), c))).toBe(text(mergeSettings(a, mergeSettings(b, c))))
        expect(mergeSettings(a, a)).toEqual(mergeSettings(a, mergeSettings(a, a)))
        expect(mergeSettings(a, b).format).toBe(mergeSettings(b, a).format)
        expect(Object.keys(mergeSettings(a, b))).toEqual(Object.keys(mergeSettings(b, a)))
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})
