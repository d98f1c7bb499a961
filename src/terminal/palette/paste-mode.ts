/** Has the terminal mark what is pasted (DEC private mode 2004), so that its line ends are not taken for Enter. */
export function setPasteMode(isOn: boolean): void {
  process.stderr.write(isOn ? '\u001b[?2004h' : '\u001b[?2004l')
}

/** What readline calls the marks around what is pasted. */
export const PASTE = { start: 'paste-start', end: 'paste-end' } as const
