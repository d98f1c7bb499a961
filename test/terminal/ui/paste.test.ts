import { expect, test } from 'vitest'
import { inputsIn, pastedText } from '../../../src/terminal/ui/paste.ts'

const typed = (text: string) => ({ kind: 'typed', text })
const pasted = (text: string) => ({ kind: 'pasted', text })

test.each([
  ['keys alone', ['jj'], [typed('jj')]],
  ['lines', ['\u001b[200~One\rTwo\u001b[201~'], [pasted('One\rTwo')]],
  ['keys around it', ['n\u001b[200~a\u001b[201~\r'], [typed('n'), pasted('a'), typed('\r')]],
  ['two of them', ['\u001b[200~a\u001b[201~\u001b[200~b\u001b[201~'], [pasted('a'), pasted('b')]],
  ['its end later', ['\u001b[200~One\r', 'dd', '\u001b[201~j'], [pasted('One\rdd'), typed('j')]],
  ['its end torn', ['\u001b[200~One\u001b[2', '01~j'], [pasted('One'), typed('j')]],
  ['an end alone', ['\u001b[201~j'], [typed('j')]],
  ['no end, and Ctrl+C', ['\u001b[200~One', '\u0003', 'q'], [typed('\u0003'), typed('q')]],
])('parts what is pasted: %s', (_, pieces, expected) => {
  let open: string | null = null
  const found = pieces.flatMap((piece) => {
    const next = inputsIn(piece, open)
    open = next.open
    return next.inputs
  })
  expect(found).toEqual(expected)
  expect(open).toBeNull()
})

test.each([
  ['Line one\rLine two', 'Line one Line two'],
  ['a\r\n  b\r\n\r\nc\n', 'a b c'],
  ['a\tb', 'a b'],
  ['\u001b[31mred\u0007\u0000\u009b', '[31mred'],
  ['你好 ', '你好 '],
])('%j becomes part of a line', (text, line) => {
  expect(pastedText(text)).toBe(line)
})
