import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { CHANGES } from '../../scripts/faster-ink.mjs'

test('what the view takes for one column wide is so by the package itself, alone and beside others', () => {
  const { is } = CHANGES.find(({ file }) => file.source.startsWith('string-width'))!
  const pattern = new RegExp(is.slice(1, -1), 'u')
  const letters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((letter) =>
    pattern.test(letter),
  )
  expect(letters.length).toBeGreaterThan(800)
  expect(letters.filter((letter) => stringWidth(letter) !== 1)).toEqual([])
  expect(stringWidth(letters.join(''))).toBe(letters.length)
  expect(stringWidth([...letters].reverse().join(''))).toBe(letters.length)
})
