/** How many lines a row takes, and whether that is known before it is drawn: most take one. */
export type HeightOf = (row: number) => number

/**
 * The rows that are drawn in a height: those around the cursor, which stands in the middle unless there is no more above or
 * below. A function of the cursor alone, so that nothing has to be remembered of how the rows were drawn before.
 * @returns the first row, and the one behind the last
 */
export function rowsWindow(count: number, at: number, height: number, heightOf: HeightOf): [number, number] {
  if (count === 0) return [0, 0]
  let from = at
  let to = at + 1
  let left = height - heightOf(at)
  // In turns upwards and downwards, and on where only one way is left.
  for (let isUp = true; ; isUp = !isUp) {
    const canUp = from > 0 && heightOf(from - 1) <= left
    const canDown = to < count && heightOf(to) <= left
    if (!canUp && !canDown) return [from, to]
    if (canUp && (isUp || !canDown)) left -= heightOf(--from)
    else left -= heightOf(to++)
  }
}
