/** Controls, terminal escapes among them, and marks that reorder text: none of them may reach a terminal from data. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Foreign text that is safe to show, each character in its place. */
export const harmless = (text: string): string => text.replace(HIDDEN, ' ')

/** Foreign text as one line that is safe to show, cut to a length. */
export function printable(text: string, most = 300): string {
  return harmless(text).trim().slice(0, most).trim()
}

const HIDDEN_IN_TEXT =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Text of several lines with blanks in the place of the same characters. */
export const harmlessText = (text: string): string => text.replace(HIDDEN_IN_TEXT, ' ')

/** Text of several lines with the same characters as their escapes, for messages that say what was there. */
export const visible = (text: string): string =>
  text.replace(HIDDEN_IN_TEXT, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
