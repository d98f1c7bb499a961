/** Characters at which a shell ends a command; what follows belongs to another one, or goes elsewhere. */
const ENDS = /[;&|<>\n()]/

/**
 * The words of the first simple command of a shell line, without variables set in front of it. null where only the shell
 * can tell what they are: expansions, groups.
 */
export function firstWords(line: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!
    if (character === "'" || character === '"') {
      const end = line.indexOf(character, i + 1)
      if (end < 0) return null
      word = (word ?? '') + line.slice(i + 1, end)
      i = end
    } else if (character === '\\') {
      word = (word ?? '') + (line[++i] ?? '')
    } else if (/[ \t]/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (ENDS.test(character)) {
      if (words.length === 0 && word === null) return null
      break
    } else word = (word ?? '') + character
  }
  if (word !== null) words.push(word)
  const first = words.findIndex((each) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(each))
  const command = first < 0 ? [] : words.slice(first)
  return command.length === 0 || /[$`*?[{!#~]/.test(command[0]!) ? null : command
}
