import * as fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { harmless } from '../../../src/printable.ts'
import { ASCII_SIGNS, LINE_SIGNS, markdownLines } from '../../../src/terminal/ui/markdown-lines.ts'
import type { RichLine, Span } from '../../../src/terminal/ui/rich-line.ts'
import { anyText, runs } from '../../support/nasty-text.ts'

const textOf = (line: RichLine) => line.map((each) => each.text).join('')
const lines = (text: string, width = 30, signs = LINE_SIGNS) =>
  markdownLines(text, width, signs).map((line) => textOf(line).trimEnd())
const spans = (text: string): Span[] => markdownLines(text, 80, LINE_SIGNS).flat()
const spanOf = (source: string, text: string) => spans(source).find((span) => span.text === text)

describe('blocks', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['nothing', '', []],
    ['a paragraph, of which line breaks are blanks', 'one\ntwo', ['one two']],
    ['lines that end with two blanks', 'one  \ntwo', ['one', 'two']],
    ['paragraphs', 'one\n\n\ntwo', ['one', '', 'two']],
    [
      'words at the end of lines',
      'aaaa bbbb cccc dddd eeee ffff gggg',
      ['aaaa bbbb cccc dddd eeee ffff', 'gggg'],
    ],
    ['a word that is too long', 'a'.repeat(34), ['a'.repeat(30), 'aaaa']],
    ['wide characters', '日'.repeat(16), ['日'.repeat(15), '日']],
    ['an emoji of several parts as one', `${'x'.repeat(29)}👩‍👩‍👧`, ['x'.repeat(29), '👩‍👩‍👧']],
    ['headings', '# One\n## Two', ['One', '', 'Two']],
    ['a dense list', '- a\n- b\n  - c\n  - d', ['• a', '• b', '  ◦ c', '  ◦ d']],
    ['a loose list', '- a\n\n- b', ['• a', '', '• b']],
    ['numbers, in one column', '9. a\n10. b', [' 9. a', '10. b']],
    ['tasks', '- [x] a\n- [ ] b', ['[x] a', '[ ] b']],
    [
      'a list’s further lines below its text',
      `- ${'a '.repeat(20)}`,
      [`• ${'a '.repeat(14).trim()}`, '  a a a a a a'],
    ],
    ['quotes', '> a\n> > b', ['│ a', '│', '│ │ b']],
    ['a rule', '---', ['─'.repeat(30)]],
    [
      'a table that fits',
      '| a | b |\n|--:|---|\n| 1 | two |\n| 333 | 4 |',
      ['  a  b', '────────', '  1  two', '333  4'],
    ],
    [
      'a table that does not',
      `| a | ${'b'.repeat(28)} |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |`,
      ['a: 1', `${'b'.repeat(28)}: `.trimEnd(), '2', '', 'a: 3', `${'b'.repeat(28)}:`, '4'],
    ],
    ['code, whose blanks stay', '```\na  b\n\n  c\n```', ['a  b', '', '  c']],
    ['indented code', '    a\n      b', ['a', '  b']],
    ['a remark after a fence', '```what is this\na\n```', ['what is this', 'a']],
    [
      'words of long lines of code',
      '```\nconst one = 1 // a comment here\n```',
      ['const one = 1 // a comment', 'here'],
    ],
    [
      'a long word of code that is indented',
      `\`\`\`\n  ${'x'.repeat(30)}\n\`\`\``,
      [`  ${'x'.repeat(28)}`, 'xx'],
    ],
    ['long lines of code', `\`\`\`\n${'a '.repeat(16)}b\n\`\`\``, ['a '.repeat(15).trimEnd(), 'a b']],
    ['HTML as it is written', '<div class="x">\na\n</div>', ['<div class="x">', 'a', '</div>']],
    ['comments too', '<!-- a -->', ['<!-- a -->']],
    ['an address that is kept apart', '[a][1]\n\n[1]: http://b.c', ['a (http://b.c)', '', '[1]: http://b.c']],
  ])('%s', (_, source, expected) => {
    expect(lines(source)).toEqual(expected)
  })

  test('in ASCII where a terminal shows no more', () => {
    expect(lines('- a\n  - b\n\n> c\n\n---', 6, ASCII_SIGNS)).toEqual([
      '* a',
      '  - b',
      '',
      '| c',
      '',
      '------',
    ])
  })
})

describe('text', () => {
  test.each<readonly [string, string, Omit<Span, 'role'> & { role?: Span['role'] }]>([
    ['strong', 'a **b**', { text: 'b', style: { bold: true } }],
    ['emphasis', 'a *b*', { text: 'b', style: { italic: true } }],
    ['both', '***b***', { text: 'b', style: { bold: true, italic: true } }],
    ['struck out', '~~b~~', { text: 'b', style: { strikethrough: true } }],
    ['code, told by more than its colour', '`b`', { text: '`b`', role: 'code' }],
    [
      'links',
      '[b](http://c.d)',
      { text: 'b', role: 'link', style: { underline: true }, address: 'http://c.d' },
    ],
    ['where links lead', '[b](http://c.d)', { text: ' (http://c.d)', role: 'muted' }],
    ['what they are called', '[b](http://c.d "E")', { text: ' (http://c.d “E”)', role: 'muted' }],
    [
      'addresses, once',
      'see http://c.d',
      { text: 'http://c.d', role: 'link', style: { underline: true }, address: 'http://c.d' },
    ],
    ['paths, which are none', '[b](c.md)', { text: 'b', role: 'link', style: { underline: true } }],
    ['images by what they show', '![b](c.png)', { text: 'b', style: { italic: true } }],
    ['images without a word', '![](c.png)', { text: 'c.png', style: { italic: true } }],
    ['HTML', 'a <b>x', { text: '<b>', role: 'muted' }],
    ['what is no mark', 'a \\*b', { text: 'a ' }],
    ['headings', '# b', { text: 'b', role: 'heading', style: { bold: true, underline: true } }],
    ['in quotes', '> b', { text: 'b', role: 'quote' }],
  ])('%s', (_, source, expected) => {
    expect(spanOf(source, expected.text)).toEqual({ role: 'text', ...expected })
  })

  test('an address that says where it leads stands there once', () => {
    expect(lines('http://c.d and <a@b.c>')).toEqual(['http://c.d and a@b.c'])
  })

  test('what stands for a character is that character, unless it is a control', () => {
    expect(lines('a &lt;b&gt; &amp;amp; &#27;[m&#x202e;&#65;')).toEqual(['a <b> &amp;  [m A'])
  })

  test('where there is no room for a sign, it stands above', () => {
    expect(lines('- [x] word\n\n> a', 4)).toEqual(['[x]', 'word', '', '│ a'])
  })

  test('no control reaches the screen', () => {
    expect(
      lines('a\u001b[31mb\u0007\n\n```\n\u001b]8;;x\u0007c\u202e\n```\n\n[d](http://e\u001b.f)').join('\n'),
    ).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })
})

describe('code', () => {
  test('stands on its own background, in the colours of its language', () => {
    const code = '```ts\nconst a = 1 // b\n```'
    expect(markdownLines(code, 20)).toEqual([
      [
        { text: 'const', role: 'syntax-keyword' },
        { text: ' a = ', role: 'syntax-text' },
        { text: '1', role: 'syntax-number' },
        { text: ' ', role: 'syntax-text' },
        { text: '// b', role: 'syntax-comment' },
        { text: '    ', role: 'syntax-text' },
      ],
    ])
  })

  test.each([
    ['sh', 'echo "a"', 'syntax-string'],
    ['python', 'def a(): pass', 'syntax-keyword'],
    ['diff', '+a\n-b', 'syntax-addition'],
    ['yaml', 'a: b', 'syntax-type'],
    ['json', '{"a": 1}', 'syntax-number'],
  ] as const)('%s', (language, code, role) => {
    const found = spans(`\`\`\`${language}\n${code}\n\`\`\``)
    expect(found.map((span) => span.role)).toContain(role)
    const text = found.map((span) => span.text).join('')
    expect(text.replaceAll(/\s/g, '')).toBe(code.replaceAll(/\s/g, ''))
  })
})

/** Markdown that is more likely than chance to be some. */
const anyMarkdown = fc.oneof(
  anyText,
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...[
            '# ',
            '- ',
            '1. ',
            '> ',
            '- [x] ',
            '| a | b |\n|---|--:|\n',
            '---',
            '```\n',
            '    ',
            '**',
            '*',
            '~~',
            '`',
          ],
          ...[
            '[a](b)',
            '![a](b "c")',
            '<b>',
            '</b>',
            '<!--',
            '-->',
            '\n',
            '\n\n',
            '  \n',
            '\\',
            '|',
            'http://a.b/c',
          ],
        ),
        fc.constantFrom('word', 'two words', '日本語', '👩‍👩‍👧', '🇨🇭', 'e\u0301', 'a'.repeat(50)),
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join('')),
)

/** How often each letter is written, small or not. */
function letters(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const letter of text.toLowerCase().match(/\p{L}/gu) ?? [])
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}

describe('any text', () => {
  test('is drawn, never wider than it may be', () => {
    fc.assert(
      fc.property(anyMarkdown, fc.integer({ min: 2, max: 60 }), (text, width) => {
        for (const line of markdownLines(text, width, LINE_SIGNS)) {
          expect(stringWidth(textOf(line))).toBeLessThanOrEqual(width)
          expect(textOf(line)).toBe(harmless(textOf(line)))
        }
      }),
      runs(2000),
    )
  })

  test('loses no letter', () => {
    fc.assert(
      fc.property(
        anyMarkdown.filter((text) => !text.includes('&')),
        fc.integer({ min: 2, max: 60 }),
        (text, width) => {
          const shown = letters(markdownLines(text, width, ASCII_SIGNS).map(textOf).join(''))
          for (const [letter, count] of letters(text))
            expect(shown.get(letter) ?? 0, letter).toBeGreaterThanOrEqual(count)
        },
      ),
      runs(2000),
    )
  })

  test.each([
    '>'.repeat(16_000),
    '- '.repeat(8000),
    '1. '.repeat(5000),
    '['.repeat(16_000),
    '**a_'.repeat(4000),
    '<!--'.repeat(4000),
    `${'|a'.repeat(8000)}\n${'|-'.repeat(8000)}`,
    `\`\`\`js\n${'{['.repeat(8000)}`,
  ])('is drawn before somebody waits for it, however it is made (%#)', (text) => {
    const start = performance.now()
    expect(markdownLines(text, 40, LINE_SIGNS)).toBeInstanceOf(Array)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
