import { withoutEscapes } from '../../gates/count-issues.ts'
import { harmless } from '../../printable.ts'

/** What a line of a terminal shows in the end: what was overwritten, as bars are, was not to be read. */
function lineShown(line: string): string {
  const end = line.replace(/\r+$/, '')
  return harmless(withoutEscapes(end.slice(end.lastIndexOf('\r') + 1)).replaceAll('\t', '    '))
}

/** What a program has printed, as lines that are safe to show: no colours, no moves of a cursor, no other controls. */
export const printedLines = (text: string): string[] => text.replace(/\n$/, '').split('\n').map(lineShown)
