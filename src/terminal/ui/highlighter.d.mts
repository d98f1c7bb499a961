/** A part of the tree that the highlighter answers, as far as we use it. */
export interface HighlightedNode {
  readonly type: string
  readonly value?: string
  readonly properties?: { readonly className?: unknown }
  readonly children?: readonly HighlightedNode[]
}

export interface Highlighter {
  registered(language: string): boolean
  highlight(language: string, code: string): HighlightedNode
}

export function makeHighlighter(): Highlighter
