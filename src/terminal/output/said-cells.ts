/** Values in one line to be read out, each behind its name; nothing of one that there is not. */
export const saidCells = (cells: readonly (readonly [name: string, value: string])[]): string =>
  cells
    .filter(([, value]) => value !== '')
    .map(([name, value]) => (name === '#' ? `#${value}` : `${name} ${value}`))
    .join('; ')
