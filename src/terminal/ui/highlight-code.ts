import type { TEXT_ON } from '../../../schemas/theme-roles.ts'
import { type HighlightedNode, type Highlighter, makeHighlighter } from './highlighter.mjs'
import type { Span } from './rich-line.ts'

type CodeRole = (typeof TEXT_ON)['code-background'][number]

/** The classes of the highlighter, without their prefix, by what our themes tell apart. */
const ROLE_OF: Readonly<Record<string, CodeRole>> = {
  comment: 'syntax-comment',
  quote: 'syntax-comment',
  doctag: 'syntax-comment',
  meta: 'syntax-comment',
  keyword: 'syntax-keyword',
  built_in: 'syntax-keyword',
  literal: 'syntax-keyword',
  operator: 'syntax-keyword',
  'selector-tag': 'syntax-keyword',
  string: 'syntax-string',
  regexp: 'syntax-string',
  char: 'syntax-string',
  symbol: 'syntax-string',
  bullet: 'syntax-string',
  number: 'syntax-number',
  variable: 'syntax-number',
  'template-variable': 'syntax-number',
  title: 'syntax-title',
  section: 'syntax-title',
  name: 'syntax-title',
  link: 'syntax-title',
  'selector-id': 'syntax-title',
  'selector-class': 'syntax-title',
  type: 'syntax-type',
  attr: 'syntax-type',
  attribute: 'syntax-type',
  property: 'syntax-type',
  tag: 'syntax-type',
  addition: 'syntax-addition',
  deletion: 'syntax-deletion',
}

function roleOf({ properties }: HighlightedNode, around: CodeRole): CodeRole {
  const names = Array.isArray(properties?.className) ? properties.className.map(String) : []
  const known = names.map((name) => ROLE_OF[name.replace(/^hljs-/, '')]).find((role) => role !== undefined)
  return known ?? around
}

function spansIn(node: HighlightedNode, around: CodeRole): Span[] {
  if (node.type === 'text') return node.value ? [{ text: node.value, role: around }] : []
  const role = roleOf(node, around)
  return (node.children ?? []).flatMap((child) => spansIn(child, role))
}

let highlighter: Highlighter | null = null

/** Code in the colours of its language; null where that is not known. */
export function highlightedCode(code: string, language: string): Span[] | null {
  highlighter ??= makeHighlighter()
  if (!highlighter.registered(language)) return null
  return spansIn(highlighter.highlight(language, code), 'syntax-text')
}
