import { type Mention, mentionsIn } from './health-mentions.ts'

/** Something that a document or a configured command names. */
export type DocumentReference =
  | { readonly kind: 'file'; readonly path: string }
  /** A file that a guide has its reader run; that may be one of the reader's own. */
  | { readonly kind: 'program'; readonly path: string }
  | { readonly kind: 'script'; readonly name: string }
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'gate'; readonly name: string }
  | ({ readonly kind: 'task' } & Mention)

const MANAGERS = ['npm', 'pnpm', 'yarn']
/** Options that lead a package manager to another package, or make a missing script no error. */
const ELSEWHERE = /^(?:-w|-C|-r|--(?:workspaces?|prefix|dir|cwd|filter|recursive|if-present))(?:=|$)/
const INTERPRETERS = /^(?:node|bash|sh|zsh|python3?)$/
/** A path that is written out: no expansion, no option, not from the root or the home directory. */
const PLAIN_PATH = /^(?![-/~])[\w@+.][\w@+./-]*$/

function ofWords(words: readonly string[]): DocumentReference[] {
  const [program = '', ...rest] = words
  const own = program === 'npx' ? rest : words
  if (own[0] === 'mhv') {
    const at = own.indexOf('--only')
    const gates = own[1] === 'gate' && at > 0 ? (own[at + 1] ?? '').split(',') : []
    const named = gates.filter((name) => /^[A-Za-z0-9][\w.:-]*$/.test(name))
    return [
      { kind: 'command', words: own.slice(1) },
      ...named.map((name) => ({ kind: 'gate' as const, name })),
    ]
  }
  if (MANAGERS.includes(program)) {
    const end = rest.indexOf('--')
    const options = rest.slice(0, end < 0 ? rest.length : end)
    const [verb, name = ''] = options
    if (verb !== 'run' && verb !== 'run-script') return []
    if (!/^[\w.:-]+$/.test(name) || name.startsWith('-') || options.some((word) => ELSEWHERE.test(word)))
      return []
    return [{ kind: 'script', name }]
  }
  if (program.includes('/')) return PLAIN_PATH.test(program) ? [{ kind: 'file', path: program }] : []
  const [script = ''] = rest
  if (INTERPRETERS.test(program) && PLAIN_PATH.test(script) && /\.(?:[cm]?[jt]s|sh|py)$/.test(script)) {
    return [{ kind: 'file', path: script }]
  }
  return []
}

/**
 * What the commands of a shell's line name, as far as that can be told without a shell: nothing of a line with quotes,
 * expansions or a change of directory in it.
 */
export function referencesInShell(line: string): DocumentReference[] {
  if (/["'`$\\(){}<>*?[\]!~]|(?:^|[\s;&|])(?:cd|pushd)\s/.test(line)) return []
  return line
    .replace(/(?:^|\s)#.*$/, '')
    .split(/&&|\|\||[;|&]/)
    .flatMap((command) => {
      const words = command.trim().split(/\s+/)
      const first = words.findIndex((word) => !/^\w+=/.test(word))
      return first < 0 ? [] : ofWords(words.slice(first))
    })
}

/** The same of a script of several lines, none where it changes the directory anywhere. */
export const referencesInScript = (text: string): DocumentReference[] =>
  /^\s*(?:cd|pushd)\s|[;&|]\s*(?:cd|pushd)\s/m.test(text)
    ? []
    : text
        .split('\n')
        .filter((line, i, lines) => !line.endsWith('\\') && !lines[i - 1]?.endsWith('\\'))
        .flatMap(referencesInShell)

const SHELLS = /^(?:sh|bash|shell|zsh|console|shell-session|sh-session)$/
/** Placeholders that a reader is to replace, and examples by their name. */
const isPlaceholder = (path: string) => /[<>{}$*…]|^(?:path\/to|example)\b/.test(path)

function linkTarget(raw: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^[/#?]|^$/i.test(raw) || isPlaceholder(raw)) return null
  try {
    return decodeURIComponent(raw.replace(/[#?].*$/, ''))
  } catch {
    return null
  }
}

/** Longer lines are data rather than prose. */
const LONGEST_LINE = 1000

interface Block {
  readonly language: string
  readonly lines: string[]
}

/** A page without its comments. A scan, since an expression would go through the rest of the page at each of them. */
function withoutComments(page: string): string {
  let text = ''
  let at = 0
  for (let from = page.indexOf('<!--'); from >= 0; from = page.indexOf('<!--', at)) {
    text += page.slice(at, from)
    const end = page.indexOf('-->', from + 4)
    if (end < 0) return text
    at = end + 3
  }
  return text + page.slice(at)
}

/** The lines of prose, and the fenced blocks between them. */
function partsOf(page: string): { prose: string[]; blocks: Block[] } {
  const prose: string[] = []
  const blocks: Block[] = []
  let open: { fence: string; block: Block } | null = null
  for (const line of withoutComments(page).split(/\r?\n/)) {
    if (line.length > LONGEST_LINE) continue
    const [, fence = '', rest = ''] = /^\s*(?:[-*>] +)?(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (open) {
      if (fence.startsWith(open.fence) && rest.trim() === '') open = null
      else open.block.lines.push(line.trim())
    } else if (fence !== '' && !rest.includes('`')) {
      const block = { language: /^[\w-]*/.exec(rest.trim())![0], lines: [] }
      blocks.push(block)
      open = { fence, block }
    } else prose.push(line)
  }
  return { prose, blocks }
}

/** A line without the code inside of it, which stands between runs of as many backticks. */
function withoutCode(line: string): string {
  const pieces = line.split(/(`+)/)
  let text = ''
  for (let i = 0; i < pieces.length; i++) {
    const end = i % 2 === 1 ? pieces.findIndex((piece, k) => k > i && k % 2 === 1 && piece === pieces[i]) : -1
    if (end > 0) i = end
    else text += pieces[i]
  }
  return text
}

function inBlock({ language, lines }: Block): DocumentReference[] {
  if (!SHELLS.test(language)) return []
  const shows = lines.some((line) => line.startsWith('$ ')) || /console|-/.test(language)
  const commands = shows ? lines.flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : [])) : lines
  return referencesInScript(commands.join('\n')).map((reference) =>
    reference.kind === 'file' ? { kind: 'program', path: reference.path } : reference,
  )
}

function inProse(line: string): DocumentReference[] {
  const links = [
    ...line.matchAll(/\]\(\s*<?([^()\s<>]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g),
    ...line.matchAll(/^ {0,3}\[[^\]^][^\]]*\]:\s*<?([^\s<>]+)>?/g),
  ].flatMap(([, raw = '']): DocumentReference[] => {
    const path = linkTarget(raw)
    return path ? [{ kind: 'file', path }] : []
  })
  const words = line.replace(/\]\([^()]*\)/g, ']')
  const tasks = mentionsIn(words).filter(({ repository }) => repository !== null)
  const own = [...words.matchAll(/\bmhv(?: task)? #([1-9]\d{0,9})\b/g)].map(([, number]) => ({
    repository: null,
    number: Number(number),
  }))
  return [...links, ...[...tasks, ...own].map((mention) => ({ kind: 'task' as const, ...mention }))]
}

/**
 * What a page of Markdown names: files by relative links, programs, mhv's commands and npm's scripts in blocks of shell
 * code, tasks as `akosha#12` in its prose, and as `mhv #12`.
 */
export function referencesInMarkdown(page: string): DocumentReference[] {
  const { prose, blocks } = partsOf(page)
  return [...blocks.flatMap(inBlock), ...prose.map(withoutCode).flatMap(inProse)]
}

/** What the recipes of a Makefile name. */
export const referencesInMakefile = (text: string): DocumentReference[] =>
  text
    .split('\n')
    .filter(
      (line, i, lines) => line.startsWith('\t') && !line.endsWith('\\') && !lines[i - 1]?.endsWith('\\'),
    )
    .flatMap((line) => referencesInShell(line.replace(/^\t\s*[@+-]*\s*/, '')))
