/** What takes two columns on terminals, or may: where it is not sure, more room is left than is needed. */
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3ffff}]/u
const NARROW = /^[\x20-\x7e]*$/
/** What stands on the character before it; the mark that makes that one an emoji makes it wider as well. */
const MARK = /\p{Mn}|\p{Me}|\u200d|\ufe0e/u

const widthOfCharacter = (character: string) => (MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1)

/** At most so many columns are taken by a text. */
export function widthAtMost(text: string): number {
  if (NARROW.test(text)) return text.length
  let width = 0
  for (const character of text) width += widthOfCharacter(character)
  return width
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function cutLine(text: string, width: number): string {
  if (widthAtMost(text) <= width) return text
  let taken = ''
  let used = 0
  for (const character of text) {
    used += widthOfCharacter(character)
    if (used > width - 1) break
    taken += character
  }
  return width < 1 ? '' : `${taken}…`
}
