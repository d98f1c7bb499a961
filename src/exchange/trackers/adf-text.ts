import { listOf, type Mapping, mappingOf, textIn, textOf } from './plain-values.ts'

const MARKS: Readonly<Record<string, string>> = { strong: '**', em: '*', code: '`', strike: '~~' }

/**
 * A text of Jira as Markdown. Version 3 of its API has texts as trees, the Atlassian Document Format; earlier ones as
 * text, which is kept as it is.
 */
export function adfText(value: unknown): string {
  if (typeof value === 'string') return value
  return blocksOf(value)
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const blocksOf = (node: unknown): string[] =>
  listOf(mappingOf(node).content)
    .map(blockOf)
    .filter((block) => block.trim() !== '')

const prefixed = (text: string, first: string, rest = ' '.repeat(first.length)) =>
  text
    .split('\n')
    .map((line, i) => (i === 0 ? first + line : line === '' ? '' : rest + line))
    .join('\n')

/** A fence is longer than any in the code, which would end it. */
function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${code}\n${fence}`
}

function blockOf(value: unknown): string {
  const node = mappingOf(value)
  const attributes = mappingOf(node.attrs)
  const inside = () => blocksOf(node)
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Number(attributes.level) || 1)} ${inlineOf(node)}`
    case 'codeBlock':
      return fenced(inlineOf(node), textOf(attributes.language))
    case 'bulletList':
      return inside()
        .map((item) => prefixed(item, '- '))
        .join('\n')
    case 'orderedList':
      return inside()
        .map((item, i) => prefixed(item, `${(Number(attributes.order) || 1) + i}. `))
        .join('\n')
    case 'taskList':
      return inside().join('\n')
    case 'taskItem':
      return `- [${attributes.state === 'DONE' ? 'x' : ' '}] ${inlineOf(node)}`
    case 'listItem':
    case 'tableCell':
    case 'tableHeader':
      return inside().join('\n')
    case 'blockquote':
    case 'panel':
      return prefixed(inside().join('\n\n'), '> ', '> ')
    case 'rule':
      return '---'
    case 'table':
      return inside().join('\n')
    case 'tableRow':
      return `| ${inside()
        .map((cell) => cell.replace(/\n/g, ' '))
        .join(' | ')} |`
    case 'mediaSingle':
    case 'mediaGroup':
    case 'media':
      return inside().join('\n') || `[attachment ${textIn(attributes, 'alt', 'id')}]`
    case 'paragraph':
      return inlineOf(node)
    default:
      // Of a kind that is not known, what can be read in it.
      return listOf(node.content).length > 0 ? inside().join('\n\n') : inlineNode(node)
  }
}

const inlineOf = (node: Mapping): string =>
  listOf(node.content)
    .map((child) => inlineNode(mappingOf(child)))
    .join('')

function inlineNode(node: Mapping): string {
  const attributes = mappingOf(node.attrs)
  if (node.type === 'hardBreak') return '\n'
  if (node.type === 'text') {
    return listOf(node.marks).reduce<string>(
      (text, value) => {
        const mark = mappingOf(value)
        const sign = MARKS[textOf(mark.type)]
        if (mark.type === 'link') return `[${text}](${textIn(mark.attrs, 'href')})`
        return sign ? `${sign}${text}${sign}` : text
      },
      typeof node.text === 'string' ? node.text : '',
    )
  }
  return textIn(attributes, 'text', 'shortName', 'url', 'timestamp') || inlineOf(node)
}
