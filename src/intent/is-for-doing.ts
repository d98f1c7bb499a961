import { insensitive } from './insensitive.ts'
import type { Reading } from './reading.ts'

const PLEASE = '^[\\s\\uE001,;:.–—-]*(?:please |can (?:you|we) |could you |we need to |we should |need to )?'
/** What is done to the project itself, so that a person after “for” is no part of it: “translate the menu for ann”. */
const ON_PROJECT = insensitive(
  `${PLEASE}(?:translate|review|refactor|document|test|investigate|debug|port|migrate|rebase|merge|rewrite|research|benchmark|profile|triage|verify|proofread|draft|tidy|clean|polish|bump|upgrade|deploy|release|implement|design|check)(?![\\p{L}\\p{N}_-])`,
)
/** As well what may be done for somebody, where another field stands between: “fix login in web for ann”. */
const ON_ANYTHING = insensitive(
  `${PLEASE}(?:fix|update|improve|finish|change|remove|replace|rename|move|speed|handle|look|split|extend)(?![\\p{L}\\p{N}_-])`,
)

/**
 * Whether “for ann” says who does it. “Create account for ann” and “Refund for ann” are about her as likely as not: such
 * words stay in the title, where nothing is lost, rather than being asked about each time.
 */
export function isForDoing(reading: Reading, at: number): boolean {
  const before = reading.text.slice(0, at)
  if (/(?:^|[,;:.!?()[\]|–—：，]|\s-)\s*$/.test(before)) return true
  if (/\b(?:work|works|fail|fails|crash|crashes)\s+$/i.test(before)) return false
  const isBehindField = reading.opensAt(at) || /(?:^|\s)[#+]\p{L}[\w-]*\s+$/u.test(before)
  return ON_PROJECT().test(before) || (isBehindField && ON_ANYTHING().test(before))
}
