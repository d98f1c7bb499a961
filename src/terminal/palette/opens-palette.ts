import { isatty } from 'node:tty'

/** Whether bare `mhv` opens the palette: where somebody sees or hears it and types. */
export const opensPalette = (): boolean => [0, 1, 2].every((stream) => isatty(stream))
