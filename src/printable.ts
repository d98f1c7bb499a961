/** Controls, terminal escapes among them, and marks that reorder text: none of them may reach a terminal from data. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Foreign text as one line that is safe to show, cut to a length. */
export function printable(text: string, most = 300): string {
  return text.replace(HIDDEN, ' ').trim().slice(0, most).trim()
}
