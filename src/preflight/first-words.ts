/** Characters at which a shell ends a command; what follows belongs to another one, or goes elsewhere. */
const ENDS = /[;&|<>\n()]/

/** Variables that, set in front of a command, decide where it and what it runs are looked for. */
const LOOKED_BY = /^(?:PATH|PYTHON\w*|NODE_\w*|npm_\w*|NPM_\w*)=/

/**
 * Whether a shell line ends as its first command does when that cannot run: nothing in it goes on in spite of it. Of what
 * is in doubt it does not.
 */
export function standsOrFallsWithFirst(line: string): boolean {
  const bare = line.replace(/'[^']*'|"[^"]*"|\\./g, '').trim()
  return !/[|;&\n()`]/.test(bare.replace(/&&|\d?>&\d?|&>/g, ''))
}

/**
 * The words of the first simple command of a shell line, without variables set in front of it. null where only the shell
 * can tell what they are, or where they are looked for: expansions, groups, functions, PATH.
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
      if (character === '(' || (words.length === 0 && word === null)) return null
      break
    } else word = (word ?? '') + character
  }
  if (word !== null) words.push(word)
  const first = words.findIndex((each) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(each))
  if (words.slice(0, Math.max(first, 0)).some((each) => LOOKED_BY.test(each))) return null
  const command = first < 0 ? [] : words.slice(first)
  return command.length === 0 || /[$`*?[{!#~]/.test(command[0]!) ? null : command
}
