import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { harmlessText } from '../../printable.ts'
import { highlightedCode } from './highlight-code.ts'
import { inlineSpans } from './markdown-spans.ts'
import { type RichLine, type Span, span } from './rich-line.ts'
import { LEAST_WIDTH, widthOfLine, wrappedSpans } from './wrap-spans.ts'

/** What rules, quotes and lists are drawn with. */
export interface Signs {
  readonly rule: string
  readonly quote: string
  readonly bullets: readonly string[]
}

export const LINE_SIGNS: Signs = { rule: '─', quote: '│ ', bullets: ['• ', '◦ ', '▪ '] }
export const ASCII_SIGNS: Signs = { rule: '-', quote: '| ', bullets: ['* ', '- ', '+ '] }

/** How blocks are put into lines. */
interface Frame {
  readonly width: number
  readonly signs: Signs
  /** How many lists it is in. */
  readonly depth: number
  readonly role: Span['role']
}

const BLANK: RichLine = []
const prose = (spans: readonly Span[], { width }: Frame) => wrappedSpans(spans, width)

/**
 * Lines behind a sign, which stands at the first of them or at all. Where it would take more than half of the width, that of
 * an item stands above it, and that of a quote is left out.
 */
function behind(
  sign: Span,
  frame: Frame,
  isRepeated: boolean,
  draw: (frame: Frame) => RichLine[],
): RichLine[] {
  const taken = widthOfLine([sign])
  if (taken > frame.width / 2 || frame.width - taken < LEAST_WIDTH) {
    return [...(isRepeated ? [] : prose([sign], frame)), ...draw(frame)]
  }
  const gap = span(' '.repeat(taken))
  return draw({ ...frame, width: frame.width - taken }).map((line, i) => [
    i === 0 || isRepeated ? sign : gap,
    ...line,
  ])
}

function listLines({ items, ordered, start }: Tokens.List, frame: Frame): RichLine[] {
  const { bullets } = frame.signs
  const last = ordered ? `${Number(start || 1) + items.length - 1}. `.length : 0
  return items.flatMap((item, i) => {
    const number = ordered ? `${Number(start === '' ? 1 : start) + i}. `.padStart(last) : null
    const box = item.task ? `[${item.checked ? 'x' : ' '}] ` : null
    const sign = number === null ? (box ?? bullets[frame.depth % bullets.length]!) : number + (box ?? '')
    const inner = { ...frame, depth: frame.depth + 1 }
    const lines = behind(span(sign, item.task || number ? frame.role : 'accent'), inner, false, (within) => {
      const drawn = blockLines(item.tokens, within, item.loose)
      return drawn.length > 0 ? drawn : [BLANK]
    })
    return item.loose && i < items.length - 1 ? [...lines, BLANK] : lines
  })
}

/** A cell in its column. */
function padded(spans: readonly Span[], width: number, align: 'center' | 'left' | 'right' | null): Span[] {
  const room = Math.max(0, width - widthOfLine(spans))
  const before = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0
  return [span(' '.repeat(before)), ...spans, span(' '.repeat(room - before))]
}

const GAP = '  '

/** A table side by side where it fits; otherwise each row as lines of what its cells are called and hold. */
function tableLines({ header, rows, align }: Tokens.Table, frame: Frame): RichLine[] {
  const look = { role: frame.role }
  const heads = header.map(({ tokens }) => inlineSpans(tokens, { role: 'heading', style: { bold: true } }))
  const cells = rows.map((row) => row.map(({ tokens }) => inlineSpans(tokens, look)))
  const widths = heads.map((head, i) =>
    Math.max(widthOfLine(head), ...cells.map((row) => widthOfLine(row[i] ?? []))),
  )
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1))
  if (total <= frame.width) {
    const line = (row: readonly (readonly Span[])[]) =>
      widths.flatMap((width, i) => [
        ...(i > 0 ? [span(GAP)] : []),
        ...padded(row[i] ?? [], width, align[i] ?? null),
      ])
    const rule = [span(frame.signs.rule.repeat(total), 'muted')]
    return [line(heads), rule, ...cells.map(line)]
  }
  const alone = rows.length === 0 ? [heads] : []
  const told = cells.map((row) =>
    row.flatMap((cell, i) => [...(i > 0 ? [span('\n')] : []), ...heads[i]!, span(': '), ...cell]),
  )
  return [
    ...alone.flatMap((row) => row.flatMap((head) => prose(head, frame))),
    ...told.flatMap((row, i) => [...(i > 0 ? [BLANK] : []), ...prose(row, frame)]),
  ]
}

function codeLines({ text, lang }: Tokens.Code, { width }: Frame): RichLine[] {
  const language = lang?.trim().toLowerCase() ?? ''
  const code = text.replaceAll('\t', '    ')
  const spans = highlightedCode(code, language)
  // What follows the fence and names no language that is known is a remark.
  const said: Span[] =
    spans === null && language !== '' ? [{ text: `${lang?.trim()}\n`, role: 'syntax-comment' }] : []
  const lines = wrappedSpans([...said, ...(spans ?? [{ text: code, role: 'syntax-text' }])], width, true)
  // It stands on a background of its own, which reaches to the end of the line.
  return lines.map((line) => [...line, span(' '.repeat(width - widthOfLine(line)), 'syntax-text')])
}

function tokenLines(token: MarkedToken, frame: Frame): RichLine[] {
  switch (token.type) {
    case 'heading': {
      const style = { bold: true, underline: token.depth === 1 }
      return prose(inlineSpans(token.tokens, { role: 'heading', style }), frame)
    }
    case 'code':
      return codeLines(token, frame)
    case 'blockquote':
      return behind(span(frame.signs.quote, 'muted'), { ...frame, role: 'quote' }, true, (within) =>
        blockLines(token.tokens, within),
      )
    case 'list':
      return listLines(token, frame)
    case 'table':
      return tableLines(token, frame)
    case 'hr':
      return [[span(frame.signs.rule.repeat(frame.width), 'muted')]]
    case 'html':
    case 'def':
      // Neither is for people to see, but somebody has written it: nothing of a task's text is kept from them.
      return prose([span(token.raw.replace(/\n+$/, '').replaceAll('\t', ' '), 'muted')], frame)
    case 'paragraph':
      return prose(inlineSpans(token.tokens, { role: frame.role }), frame)
    default:
      return prose(inlineSpans([token], { role: frame.role }), frame)
  }
}

/** Blocks below each other, with a blank line between them unless they are in a dense list. */
function blockLines(tokens: readonly Token[], frame: Frame, isLoose = true): RichLine[] {
  const lines: RichLine[] = []
  for (const token of tokens as readonly MarkedToken[]) {
    if (token.type === 'space' || token.type === 'checkbox') continue
    if (isLoose && lines.length > 0) lines.push(BLANK)
    lines.push(...tokenLines(token, frame))
  }
  return lines
}

const LONE_SURROGATE = /\p{Surrogate}/gu

/** The parser tries each sign of emphasis against each other one: a text that is made of them would hold up the screen. */
const MOST_EMPHASIS = 2000

/** A text as it is written. */
const unread = (text: string, frame: Frame) => prose([span(text.replaceAll('\t', ' '))], frame)

/**
 * A text in Markdown as lines of at most a width, of 2 columns or more. Nothing of it is lost: addresses stand behind what
 * leads there, and HTML as it is written.
 */
export function markdownLines(text: string, width: number, signs: Signs = LINE_SIGNS): RichLine[] {
  const safe = harmlessText(text.replace(/\r\n?/g, '\n')).replace(LONE_SURROGATE, '\ufffd')
  const frame: Frame = { width: Math.max(LEAST_WIDTH, width), signs, depth: 0, role: 'text' }
  if ((safe.match(/[*_]/g)?.length ?? 0) > MOST_EMPHASIS) return unread(safe, frame)
  try {
    return blockLines(Lexer.lex(safe, { gfm: true }), frame)
  } catch (error) {
    // Thousands of quotes or lists within each other are more than the parser can hold.
    if (error instanceof RangeError) return unread(safe, frame)
    throw error
  }
}
