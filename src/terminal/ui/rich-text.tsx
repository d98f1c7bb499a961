import { Text } from 'ink'
import { BELL, link } from '../output/hyperlink.ts'
import type { RichLine } from './rich-line.ts'
import { styleOf, type Theme } from './theme.ts'

/** Lines as they are: none is wrapped, since the frame has cut them. */
export function RichText({ lines, theme }: { readonly lines: readonly RichLine[]; readonly theme: Theme }) {
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
    <Text key={i} wrap="truncate">
      {line.length === 0
        ? ' '
        : line.map(({ text, role, style, address }, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Text key={k} {...styleOf(theme, role)} {...style}>
              {address === undefined ? text : link(text, address, BELL)}
            </Text>
          ))}
    </Text>
  ))
}
