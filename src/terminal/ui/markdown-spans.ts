import type { MarkedToken, Token } from 'marked'
import { harmless } from '../../printable.ts'
import type { Span } from './rich-line.ts'
import type { Style } from './theme.ts'

/** How a text is to look: what it means, and what its marks say. */
type Look = Omit<Span, 'text'>

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
}

/** The references that people and exporters write by name. */
const withoutEntities = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!)

/**
 * What the parser answers, safe to show: it has put controls in the place of references to them. A line break or a tab in the
 * source is a blank.
 */
const flowing = (text: string) => harmless(withoutEntities(text))

/** Where something leads, unless it says so itself. */
function addressOf(href: string, title: string | null | undefined, shown: string, look: Look): Span[] {
  const address = [harmless(href), title ? `“${flowing(title)}”` : ''].filter((part) => part !== '').join(' ')
  if (address === '' || (href === shown && !title) || (href === `mailto:${shown}` && !title)) return []
  return [{ ...look, role: 'muted', text: ` (${address})` }]
}

/** The look of a text that leads somewhere: by an address that the terminal can open, or it is told behind the text. */
function linked(href: string, look: Look): Look {
  const shown: Look = { ...marked(look, { underline: true }), role: 'link' }
  return /^(https?:\/\/|mailto:)\S+$/.test(href) ? { ...shown, address: href } : shown
}

const marked = (look: Look, style: Style): Look => ({ ...look, style: { ...look.style, ...style } })

/** The text within a paragraph, with how it is to look. */
export function inlineSpans(tokens: readonly Token[], look: Look = { role: 'text' }): Span[] {
  const within = (token: { tokens?: Token[] }, own: Look) => inlineSpans(token.tokens ?? [], own)
  return (tokens as readonly MarkedToken[]).flatMap((token): Span[] => {
    switch (token.type) {
      case 'strong':
        return within(token, marked(look, { bold: true }))
      case 'em':
        return within(token, marked(look, { italic: true }))
      case 'del':
        return within(token, marked(look, { strikethrough: true }))
      case 'codespan':
        // The signs stay: where there are no colours, they are all that tells it from text.
        return [{ ...look, role: 'code', text: `\`${harmless(token.text)}\`` }]
      case 'br':
        return [{ ...look, text: '\n' }]
      case 'link':
        return [
          ...within(token, linked(token.href, look)),
          ...addressOf(token.href, token.title, token.text, look),
        ]
      case 'image': {
        const text = flowing(token.text) || harmless(token.href)
        return [
          { ...marked(look, { italic: true }), text },
          ...addressOf(token.href, token.title, text, look),
        ]
      }
      case 'text':
        return token.tokens ? inlineSpans(token.tokens, look) : [{ ...look, text: flowing(token.text) }]
      case 'escape':
        return [{ ...look, text: harmless(token.text) }]
      case 'checkbox':
        return []
      case 'html':
        return [{ ...look, role: 'muted', text: harmless(token.text) }]
      default:
        return [{ ...look, text: flowing(token.raw) }]
    }
  })
}
