import { codeOf } from './reduced-colours.ts'
import type { Theme } from './theme.ts'

/** Between these two a terminal that can (mode 2026) keeps showing the picture that was complete. */
const [BEGIN, END] = ['\u001b[?2026h', '\u001b[?2026l']
const CLEAR = '\u001b[H\u001b[2J'

/** What ends the colour, and the background, of a piece of text. */
const [NO_COLOUR, NO_BACKGROUND] = ['\u001b[39m', '\u001b[49m']

/** What all text stands on where nothing else is said: both begin with a code of the terminal's. */
export interface Ground {
  readonly colour: string
  readonly background: string
}

/**
 * What turns one picture into another: the lines that differ, each at its place.
 * @param ground null for the terminal's own
 */
export function difference(
  before: readonly string[],
  after: readonly string[],
  ground: Ground | null = null,
): string {
  const begin = ground === null ? '' : ground.colour + ground.background
  const lines = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => {
    const line = after[i] ?? ''
    if (line === before[i]) return ''
    const text =
      ground === null
        ? line
        : line.replaceAll(NO_COLOUR, ground.colour).replaceAll(NO_BACKGROUND, ground.background)
    // An erased line has the background that is set when it is erased.
    return `\u001b[${i + 1};1H${begin}\u001b[2K${text}`
  })
  const all = lines.join('')
  return all === '' ? '' : BEGIN + all + (ground === null ? '' : NO_COLOUR + NO_BACKGROUND) + END
}

export interface Painter {
  /** What Ink draws to: it takes this for the terminal. */
  readonly stream: NodeJS.WriteStream
  /** Draws the whole picture again, whatever the terminal shows. */
  readonly repaint: () => void
  /** Hears nothing of Ink from now on. */
  readonly end: () => void
}

/**
 * Brings the pictures that Ink makes onto a terminal. In its own way Ink draws over what stands above the cursor, which
 * flickers where a picture fills the screen, and goes astray where the terminal was resized, or somebody else has drawn.
 * Several pictures of one moment are drawn once.
 * @param colours of a theme, whose text and background all else stands on; null for the terminal's own
 */
export function painter(stdout: NodeJS.WriteStream, colours: Theme['colours']): Painter {
  const ground = colours && {
    colour: `\u001b[${codeOf(colours.text, 'text')}m`,
    background: `\u001b[${codeOf(colours.background, 'background')}m`,
  }
  let shown: readonly string[] = []
  let next: readonly string[] = []
  let isDue = false
  let isOver = false
  const paint = () => {
    isDue = false
    if (isOver) return
    const text = difference(shown, next, ground)
    shown = next
    if (text !== '') stdout.write(text)
  }
  const paintSoon = () => {
    if (!isDue) setImmediate(paint)
    isDue = true
  }
  const write = (picture: string) => {
    if (isOver) return true
    next = picture.split('\n')
    paintSoon()
    return true
  }
  const ignore = () => stream
  const stream: NodeJS.WriteStream = Object.create(stdout, {
    write: { value: write },
    // Of a new size the state tells.
    on: { value: ignore },
    off: { value: ignore },
  })
  return {
    stream,
    repaint: () => {
      stdout.write(CLEAR)
      shown = []
      paintSoon()
    },
    end: () => {
      isOver = true
    },
  }
}
