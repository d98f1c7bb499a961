import { BUILDING } from './thesaurus/building.ts'
import { CHECKING } from './thesaurus/checking.ts'
import { DATA } from './thesaurus/data.ts'
import { DOMAINS } from './thesaurus/domains.ts'
import { EVERYDAY } from './thesaurus/everyday.ts'
import { FAILURES } from './thesaurus/failures.ts'
import { FILES } from './thesaurus/files.ts'
import { INTERFACE } from './thesaurus/interface.ts'
import { NETWORK } from './thesaurus/network.ts'
import { OPERATIONS } from './thesaurus/operations.ts'
import { PEOPLE } from './thesaurus/people.ts'
import { SECURITY } from './thesaurus/security.ts'
import { TERMINAL } from './thesaurus/terminal.ts'
import { VALUES } from './thesaurus/values.ts'
import { VERSIONS } from './thesaurus/versions.ts'
import { WORDS } from './thesaurus/words.ts'

/**
 * Groups of words that stand for each other in tasks, one a line: what means the same, and behind “~” what is narrower or
 * goes with it. Written for software of all kinds, not for one project’s.
 */
export const THESAURUS_LINES: readonly string[] = [
  BUILDING,
  CHECKING,
  DATA,
  DOMAINS,
  EVERYDAY,
  FAILURES,
  FILES,
  INTERFACE,
  NETWORK,
  OPERATIONS,
  PEOPLE,
  SECURITY,
  TERMINAL,
  VALUES,
  VERSIONS,
  WORDS,
].flatMap((topic) => topic.trim().split('\n'))
