/** Between these two a terminal that can (mode 2026) keeps showing the picture that was complete. */
const [BEGIN, END] = ['\u001b[?2026h', '\u001b[?2026l']
const CLEAR = '\u001b[H\u001b[2J'

/** What turns one picture into another: the lines that differ, each at its place. */
export function difference(before: readonly string[], after: readonly string[]): string {
  const lines = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => {
    const line = after[i] ?? ''
    return line === (before[i] ?? '') ? '' : `\u001b[${i + 1};1H\u001b[2K${line}`
  })
  const all = lines.join('')
  return all === '' ? '' : BEGIN + all + END
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
 */
export function painter(stdout: NodeJS.WriteStream): Painter {
  let shown: readonly string[] = []
  let next: readonly string[] = []
  let isDue = false
  let isOver = false
  const paint = () => {
    isDue = false
    if (isOver) return
    const text = difference(shown, next)
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
