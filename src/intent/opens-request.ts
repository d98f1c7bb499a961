import { insensitive } from './insensitive.ts'

const VERB =
  '(?:fix|add|make|update|remove|implement|support|write|check|investigate|review|resolve|refactor|clean|improve|change|create|handle|stop|prevent|replace|rename|move|upgrade|bump|deploy|release|ship|test|document|look|find|rotate|revert|restore|patch|allow|use|let|show|hide|drop|delete|migrate|run|set|the|our|we|please|get|publish|send|audit|merge|disable|enable|tidy|adjust|convert|split|build|port|finish|call|reply|answer|ask|prepare|order|book|buy|renew|cut|validate|verify|enforce|ensure|harden|secure|close|expose|extract|simplify|reduce|speed|cache)'
const OPENS = insensitive(`^\\s+${VERB}(?![\\p{L}\\p{N}-])\\s+\\S`)
const ABOUT =
  /^\s+(?:(?:is|are|was|were|isn['’]t|aren['’]t|not|no longer|never|should|must|may|can|cannot|can['’]t|does|do|doesn['’]t|don['’]t|gets?|becomes?|has|have|shows?|shown|parsed|ignored|missing|lost|saved|stored|read|displayed|rejected|accepted|rendered|sorted|counted|treated|taken|kept|dropped|wrong|fails|vs|versus|and|or|than|as|in|on|at|to|of|by|from|with|without|for|when|if|while)(?![\w-])|[/&+])/i

/** Whether what follows begins to say what is to be done: “fix login …”. */
export const opensRequest = (rest: string): boolean => OPENS().test(rest)

/** Whether what follows speaks of the words before it, which are the subject then: “estimate: 3h” before “shown as 180”. */
export const goesOnAbout = (rest: string): boolean => ABOUT.test(rest)
