import type { Priority } from '../../schemas/vocabulary.ts'
import { insensitive, type LazyPattern } from './insensitive.ts'

/** What a word or number says. */
export const PRIORITY_WORDS: Readonly<Record<string, Priority>> = {
  critical: 'critical',
  crit: 'critical',
  urgent: 'critical',
  highest: 'critical',
  top: 'critical',
  blocker: 'critical',
  emergency: 'critical',
  high: 'high',
  important: 'high',
  major: 'high',
  medium: 'medium',
  med: 'medium',
  normal: 'medium',
  moderate: 'medium',
  low: 'low',
  lowest: 'low',
  minor: 'low',
  trivial: 'low',
  p0: 'critical',
  p1: 'high',
  p2: 'medium',
  p3: 'low',
  p4: 'low',
  '0': 'critical',
  '1': 'high',
  '2': 'medium',
  '3': 'low',
  '4': 'low',
}
type Stands = 'anywhere' | 'apart' | 'first' | 'last'
/** A way of saying it; where it has to stand, and what it says where the words do not. */
export interface Cue {
  /** Some of these, in lower case, stand in every text that the pattern matches: most need not be made at all. */
  readonly hints: readonly string[]
  readonly pattern: LazyPattern
  readonly stands: Stands
  readonly priority?: Priority
  readonly confidence: number
}
const cue = (hints: string, source: string, stands: Stands, priority?: Priority, confidence = 0.95): Cue => ({
  hints: hints.split('|'),
  pattern: insensitive(`(?<![\\p{L}\\p{N}_@#.-])(?:${source})(?![\\p{L}\\p{N}_])`, 'giu'),
  stands,
  confidence,
  ...(priority ? { priority } : {}),
})
const LEVEL = '(critical|crit|urgent|highest|top|high|medium|med|normal|moderate|lowest|low)'
export const PRIORITY_CUES: readonly Cue[] = [
  // What is denied comes before what it denies.
  cue(
    'important|urgent|critical|pressing|prio',
    "(?:(?:this |it )?(?:is|it['’]s|isn['’]t) )?(?:not|isn['’]t)(?: at all| so| that| very| really)? (?:important|urgent|critical|pressing|high prio(?:rity)?)",
    'apart',
    'low',
  ),
  cue(
    'non-urgent|unimportant|no rush|no hurry|no priority|a priority|hanging fruit',
    'non-urgent|unimportant|no rush|no hurry|no priority|not a priority|low[ -]hanging fruit',
    'apart',
    'low',
  ),
  cue(
    'prio',
    'prio(?:rity)?\\s?(?:[:=]|\\s(?:is )?)\\s?(critical|crit|urgent|highest|high|medium|med|normal|low|lowest|p[0-4]|[0-4])',
    'apart',
  ),
  cue('prio', `(?:with |at |this is |is |it['’]s )?(?:an? )?${LEVEL}[ -]prio(?:rity)?`, 'apart'),
  cue('sev', '(?:sev(?:erity)?[ -]?:? ?)([0-3]|critical|high|medium|low)', 'apart'),
  cue(
    'drop everything|drop all|hands on deck|on fire|stopper',
    'drop everything|drop all(?: else)?|all hands on deck|on fire|show[ -]?stopper',
    'apart',
    'critical',
  ),
  cue(
    'blocker',
    "(?:this is |it['’]s |is )?(?:an? |the )?(?:release|launch|ship|deploy|deployment|merge|production|prod|go-live)[ -]blocker",
    'apart',
    'critical',
  ),
  cue(
    'blocks|blocking',
    '(?:(?:this|it) |and )?(?:blocks|blocking|is blocking) (?:the |our )?(?:release|launch|deploy|deployment|everyone|everything|go-live)',
    'apart',
    'critical',
    0.9,
  ),
  cue(
    'asap|a.s.a.p|as soon as|earliest',
    'asap|a\\.s\\.a\\.p\\.?|as soon as possible|at your earliest convenience',
    'anywhere',
    'high',
  ),
  cue(
    'when|if|once',
    '(?:whenever|when|if|once)(?: ever)? (?:you|we|i|someone|somebody|anyone)(?: ever| can)? (?:(?:have|has|get|gets|find|finds)(?: got)? (?:some |a |the |any |spare |free |bit of |little )*(?:time|chance|minute|moment|spare time|cycles|bandwidth)|(?:are|is) (?:bored|free|idle))',
    'apart',
    'low',
  ),
  cue(
    'when|if|as|time|leisure',
    "(?:whenever|when|if|as)(?: there(?: is|['’]s)(?: some)? (?:time|capacity)| time (?:permits|allows)| possible)|whenever|when convenient|in (?:your|my|our) (?:spare|free) time|at your leisure|time permitting",
    'apart',
    'low',
  ),
  cue(
    'to have|to-have|nth',
    "(?:(?:it |this |that )?(?:would|['’]d|might|could) be |it['’]d be |just |only |purely |a )?(?:nice|good|cool)[ -]to[ -]have|nth",
    'apart',
    'low',
  ),
  cue(
    'some|one day|eventually|one of these|future',
    '(?:(?:it |this |that )?would be (?:nice|cool|good|great),? )?(?:some ?day|one day|some time|sometime|eventually|at some point|one of these days|in the (?:distant )?future|far future)(?:[ /]maybe| perhaps)?',
    'apart',
    'low',
    0.9,
  ),
  cue('would be', '(?:it |this |that )?would be (?:nice|cool)', 'apart', 'low', 0.85),
  cue(
    'low effort|low-effort|later|burner|wish',
    'low[ -]effort idea|for later|backburner|back burner|wishlist|wish list',
    'apart',
    'low',
    0.8,
  ),
  cue(
    'imp',
    "(?:this is |it['’]s |is |very |super |really |extremely |quite |most |highly )*(?:important|imp)",
    'apart',
    'high',
  ),
  cue(
    'urgent|emergency|critical|crit|blocker|pressing',
    "(?:this is |it['’]s |is |very |super |really |extremely |quite |most |highly )*(?:urgent|urgently|emergency|time[ -]critical|critical|crit|blocker|pressing)",
    'apart',
  ),
  cue(
    'high|medium|low|major|minor|trivial|cosmetic',
    '(?:high|medium|low|major|minor|trivial|cosmetic)',
    'first',
  ),
]
