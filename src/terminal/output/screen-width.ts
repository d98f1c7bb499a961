/** Columns of the terminal that standard output is; null where it is none, and nothing is cut or broken. */
export const screenWidth = (): number | null => (process.stdout.isTTY ? process.stdout.columns || 80 : null)
