import { type RichLine, richLines } from './rich-line.ts'

/** A text that may be Markdown, in lines of a width. */
export const markdownLines = (text: string, width: number): RichLine[] => richLines(text, width)
