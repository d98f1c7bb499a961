import { isatty } from 'node:tty'

/** Whether bare `mhv` opens the palette: where somebody sees it and types, and has not asked for plain text. */
export const opensPalette = (): boolean =>
  [0, 1, 2].every((stream) => isatty(stream)) && process.env.TERM !== 'dumb' && process.env.MHV_PLAIN !== '1'
