import type { TaskType } from '../../schemas/vocabulary.ts'
import { insensitive, type LazyPattern } from './insensitive.ts'
import { goesOnAbout } from './opens-request.ts'
import type { Guess } from './parsed-request.ts'
import type { Reading } from './reading.ts'
import { TELLS_BEHAVIOUR } from './tells-behaviour.ts'

const NAMES: Readonly<Record<string, TaskType>> = {
  bug: 'bug',
  bugfix: 'bug',
  fix: 'bug',
  hotfix: 'bug',
  defect: 'bug',
  regression: 'bug',
  feature: 'feature',
  feat: 'feature',
  'feature request': 'feature',
  fr: 'feature',
  rfe: 'feature',
  enhancement: 'enhancement',
  improvement: 'enhancement',
  docs: 'docs',
  doc: 'docs',
  documentation: 'docs',
  test: 'test',
  tests: 'test',
  refactor: 'refactor',
  refactoring: 'refactor',
  perf: 'performance',
  performance: 'performance',
  security: 'security',
  sec: 'security',
  chore: 'chore',
  build: 'chore',
  ci: 'chore',
  question: 'question',
  q: 'question',
  epic: 'epic',
  task: 'task',
}
/** Whether a word in front with a colon says the type. */
export const isTypeName = (word: string): boolean => Object.hasOwn(NAMES, word.toLowerCase())
const NAME = Object.keys(NAMES)
  .sort((a, b) => b.length - a.length)
  .join('|')
const SAID: readonly LazyPattern[] = [
  insensitive(`^[\\s\\uE001,;:.–—-]*\\[(${NAME})\\]:?`, 'iu'),
  insensitive(`^[\\s\\uE001,;:.–—-]*(${NAME})(?:\\([^)]{1,40}\\))?!?:(?=\\s)`, 'iu'),
  insensitive(`(?<![\\p{L}\\p{N}])type\\s?[:=]\\s?(${NAME})(?![\\p{L}\\p{N}])`, 'iu'),
]
/** After these words a type is what something is about: “Filter by type: bug”. */
const OF_TYPE =
  /\b(?:by|with|of|for|as|in|on|to|the|an?|from|when|if|has|have|is|and|or|not|show|set|parse|add)\s+$/i
/** A prefix that only names the type can go; “fix:” is the verb of the sentence too. */
const GOES =
  /^[\s\uE001,;:.–—-]*(?:\[|type|(?:bug|feature|feature request|question|docs|chore|enhancement|epic|task|defect):)/i

const word = (source: string) => insensitive(`(?<![\\p{L}\\p{N}_-])(?:${source})(?![\\p{L}\\p{N}_-])`, 'iu')
// In the repeated groups of docs and test no word may stand twice: each further way to match one doubles the time.
/** The first that holds. What is asked, and what is at stake, come before what is to be done about it. */
type Clue = readonly [type: TaskType, pattern: LazyPattern, confidence: number]
const CLUES: readonly Clue[] = [
  [
    'security',
    word(
      'vulnerabilit(?:y|ies)|cve-[\\d-]+|xss|csrf|ssrf|sql injection|(?:command|code|shell) (?:injection|substitution)|injection|rce|exploit\\w*|dependabot|path traversal|privilege escalation|leak(?:s|ed|ing)? (?:of )?(?:secrets?|tokens?|passwords?|credentials?)|secrets? (?:leak|exposed|in)|loopback|anyone on the lan|onerror|unauthenticated|unauthori[sz]ed|rotate (?:the )?(?:\\S+ )?(?:keys?|secrets?|tokens?|credentials?)|security (?:hole|issue|bug|fix|advisory|audit|review)|sanitize|saniti[sz]ation|harden against',
    ),
    0.75,
  ],
  [
    'performance',
    word(
      'slow|slower|slowness|speed up|faster|performance|perf|latency|throughput|memory (?:usage|footprint|leak)|cpu (?:usage|load)|optimi[sz]e|optimi[sz]ation|n\\+1|takes (?:too|so) long|\\d+ (?:seconds|minutes|s|ms) to (?:load|start|open|render|run|finish)|below \\S+ (?:ms|seconds|minutes)|(?:startup|start-up|load|response|build) time|debounce|lazy[- ]load\\w*|benchmark',
    ),
    0.75,
  ],
  [
    'docs',
    insensitive(
      /^[\s\uE001\W]*(?:(?:add|write|update|improve|fix|extend|expand|rewrite|split|create|refresh|correct|clarify|translate|complete|please|missing|finish|polish|draft|publish|move|the|to|some|more|better|new|inline|api|user|developer|migration|setup|install(?:ation)?|usage|outdated|all|a|an|contributing|architecture|typos? in|broken links? in|reference|quick ?start|getting started)[\s:]+)*(?:docs?|documentation|document|readme(?:\.md)?|changelog(?:\.md)?|contributing(?:\.md)?|docstrings?|guide(?:lines?)?|tutorial|release notes|wiki|jsdoc|manpage|man page|faq|comments|runbook|handbook|adr|typos?)(?![\p{L}\p{N}_-]| (?:field|tab|page|button|panel|viewer|site generator|object|type|label|command|view|parser|renderer|link|links|search|server|editor|build))/iu,
    ),
    0.8,
  ],
  [
    'test',
    insensitive(
      /^[\s\uE001\W]*(?:(?:add|write|update|improve|extend|expand|rewrite|create|replace|increase|more|missing|some|fix|flaky|stabili[sz]e|de-?flake|simulated|real|cover|unit|integration|e2e|end-to-end|regression|snapshot|property|smoke|cli|mcp|windows|ui|web|a|an|the|for|new|load|contract|fuzz|acceptance|skip|bring|ci|unskip|automated|mutation|visual|raise)\s+)*(?:tests?|test suite|test cases?|coverage|specs|fuzzing|test coverage|test harness)(?![\p{L}\p{N}_-]| (?:button|tab|page|field|command|runner|repo|mode|environment|server|account|plan|flag|message|task|data))/iu,
    ),
    0.75,
  ],
  [
    'bug',
    word(
      "fix|fixes|fixed|fixing|bug|bugs|crash(?:es|ed|ing)?|fail(?:s|ed|ing|ure|ures)?|broken|breaks|breaking|wrong|wrongly|incorrect(?:ly)?|not working|does(?:n['’]t| not) \\p{L}+|do(?:n['’]t| not) (?:work|show|load|match|respond|get)|is(?:n['’]t| not) \\p{L}+|are(?:n['’]t| not) \\p{L}+|can(?:not|['’]t) (?:be )?\\p{L}+|won['’]t \\p{L}+|(?:is|are) (?:empty|missing|ignored|lost|accepted|broken|stale|duplicated|truncated|overwritten|blank|hidden|cut off|swallowed|dropped|stuck|wrong|unreadable|misaligned)|disappears?|hang|hangs|freez(?:e|es|ing)|deadlocks?|race condition|infinite loop|error|errors|exception|throws|regression|stuck|loses|lost|leaks?|overflows?|duplicate(?:s|d)? \\p{L}+ (?:after|on|when|in)|flicker(?:s|ing)?|corrupt(?:s|ed|ion)?|typo|glitch|mismatch|stale|survives?|overlaps?|truncat(?:es|ed)|ignores|resolve|prevent|off[- ]by[- ]one|panics?|segfaults?|timeouts?|times out|null pointer|undefined|NaN|shows? (?:duplicate|wrong|old|stale|nothing|as)|missing|unable to|no longer|repair|correct|崩溃|修复|错误|バグ|修正|fehler|behebe|erreur|corrige\\w*|arregla\\w*|исправ\\w*|ошибк\\w*|падает",
    ),
    0.8,
  ],
  ['bug', TELLS_BEHAVIOUR, 0.6],
  [
    'refactor',
    word(
      'refactor(?:ing)?|clean ?up|tidy(?: up)?|simplify|extract|restructure|reorgani[sz]e|decouple|dedupe|deduplicate|consolidate|rename|inline|split(?: up)?|rewrite|moderni[sz]e|untangle|unify|share one|dead code|rework|encapsulate|remove (?:unused|duplicate|dead|legacy|obsolete)',
    ),
    0.75,
  ],
  [
    'question',
    () =>
      /(?:^|[\s\uE001])(?:should|why|how|what|which|who|where|when|is|are|can|could|does|do|would)\b[^?]*\?\s*$/iu,
    0.8,
  ],
  [
    'question',
    () =>
      /^[\s\uE001]*(?:why (?:does|do|is|are|did)|how (?:do|does|can|should)|what (?:is|are|happens)|should we|can we|do we|is it possible|investigate whether|decide)\b/iu,
    0.7,
  ],
  [
    'chore',
    word(
      'bump|upgrade|update (?:the )?(?:dependenc\\w*|deps|lockfile|licen[cs]e|\\S+ to v?\\d[\\w.]*)|release|package|publish|archive|rename|migrate|ci|pipeline|lint|linter|tooling|dependenc(?:y|ies)|version bump|rotate|remove|delete|drop|set up|configure|pin|housekeeping|adjust|renew|switch|move|deprecate|clean|merge|deploy|backup|install|schedule',
    ),
    0.6,
  ],
  [
    'enhancement',
    word(
      'improve|improvement|enhance|better|polish|nicer|more \\p{L}+|increase|reduce|make \\p{L}+ (?:\\p{L}+ )?(?:more|less|easier|clearer|better)',
    ),
    0.55,
  ],
  [
    'feature',
    word(
      'add|adds|adding|support|supports|allow|allows|implement|introduce|enable|provide|new|create|let|expose|ability|integrate|integration|option to|build|display|show|manage|make it possible|feature|dark mode|theme|view|extend|offer|include|accept|harden|make|ajoute\\w*|añad\\w*|hinzufügen|добав\\w*|添加|追加|支持|新增',
    ),
    0.65,
  ],
]
const ADDS = insensitive(
  /^[\s\uE001\W]*(?:(?:please|we need to|we should|can you|could you|need to)\s+)?(?:add|support|allow|implement|introduce|enable|provide|create|let|expose)(?![\p{L}\p{N}_-])/iu,
)
const CORRECTS = insensitive(
  /^[\s\uE001\W]*(?:(?:please|we need to|we should|can you|could you|need to|audit and)\s+)?(?:fix|resolve|repair|correct|debug|prevent|stop|hotfix)(?![\p{L}\p{N}_-])/iu,
)

/** The type that the words speak for, null where none do; an explicit prefix that only names it is taken. */
export function guessType(reading: Reading): Guess<TaskType> | null {
  for (const pattern of SAID) {
    const match = pattern().exec(reading.text)
    if (!match) continue
    const end = match.index + match[0].length
    const start = match.index + match[0].search(/[^\s\uE001,;:.–—-]/)
    const [before, rest] = [reading.text.slice(0, start), reading.text.slice(end)]
    const isField = /^type/i.test(match[0])
    if (isField && (goesOnAbout(rest) || OF_TYPE.test(before))) continue
    const isApart = !isField || reading.isFirst(start) || (reading.opensAt(start) && reading.closesAt(end))
    const span =
      GOES.test(match[0]) && isApart && `${before}${rest}`.trim() !== ''
        ? reading.take(start, end)
        : reading.span(start, end)
    return { value: NAMES[match[1]!.toLowerCase()]!, confidence: 0.95, evidence: [span] }
  }
  const { text } = reading
  // Patterns take a while to be made: only what the choice depends on is looked for.
  const known = new Map<Clue, RegExpExecArray | null>()
  const holds = (clue: Clue) => {
    if (!known.has(clue)) known.set(clue, clue[1]().exec(text))
    return known.get(clue) !== null
  }
  const firstOf = (types: readonly TaskType[]) => CLUES.find((clue) => types.includes(clue[0]) && holds(clue))
  const strong = () => firstOf(['docs', 'test', 'security', 'performance', 'refactor'])
  const chosen = () => {
    if (ADDS().test(text)) {
      const clue = strong()
      return clue && clue[0] !== 'refactor' ? clue : firstOf(['feature'])
    }
    const isDocs = () =>
      ['docs', 'test'].includes(firstOf(['security', 'performance', 'docs', 'test'])?.[0] ?? '')
    return CORRECTS().test(text) && !isDocs() ? firstOf(['bug', 'security']) : CLUES.find(holds)
  }
  const first = chosen()
  if (!first) return null
  const [value, , confidence] = first
  const match = known.get(first)!
  const evidence = [reading.span(match.index, match.index + match[0].length)]
  return { value, confidence, evidence }
}
