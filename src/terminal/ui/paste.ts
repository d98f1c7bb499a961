const [BEGIN, END] = ['\u001b[200~', '\u001b[201~']
const CTRL_C = '\u0003'

/** What was typed, or pasted. */
export interface Input {
  readonly kind: 'typed' | 'pasted'
  readonly text: string
}

/** What came from the terminal, parted. */
export interface Inputs {
  readonly inputs: readonly Input[]
  /** What has been pasted as far as it has come; null where no paste is under way. */
  readonly open: string | null
}

/** A pasted text as part of a line: an end of a line is a blank there, and what a terminal would obey is left out. */
export const pastedText = (text: string): string =>
  text
    .replace(/^[\r\n]+|[\r\n]+$/g, '')
    .replace(/\s*[\r\n\u2028\u2029]\s*|\t/g, ' ')
    .replace(/\p{Cc}/gu, '')

/**
 * Parts what is typed from what is pasted (mode 2004), in their order.
 * @param open of what came before
 */
export function inputsIn(text: string, open: string | null): Inputs {
  // Somebody whose terminal has lost the end of a paste still gets out.
  if (open !== null && text === CTRL_C) return { inputs: [{ kind: 'typed', text }], open: null }
  const inputs: Input[] = []
  let rest = open === null ? text : BEGIN + open + text
  for (;;) {
    const begin = rest.indexOf(BEGIN)
    // An end without a beginning is no key either.
    const typed = (begin < 0 ? rest : rest.slice(0, begin)).replaceAll(END, '')
    if (typed !== '') inputs.push({ kind: 'typed', text: typed })
    if (begin < 0) return { inputs, open: null }
    const end = rest.indexOf(END, begin)
    const from = begin + BEGIN.length
    if (end < 0) return { inputs, open: rest.slice(from) }
    inputs.push({ kind: 'pasted', text: rest.slice(from, end) })
    rest = rest.slice(end + END.length)
  }
}
