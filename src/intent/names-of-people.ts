/** How names and addresses look, as parts of patterns. */
export const NAME =
  "\\p{Lu}[\\p{L}'’-]{1,30}(?: (?:van |von |de |da |bin |al-)?\\p{Lu}[\\p{L}'’-]{1,30}){0,2}|\\p{Script=Han}{2,4}|[\\p{Script=Hiragana}\\p{Script=Katakana}]{2,8}"
export const HANDLE = '@[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,38}'
const MAIL = '[\\w.+-]{1,60}@[\\w-]{1,60}(?:\\.[\\w-]{2,20}){1,4}'
export const WHO = `${MAIL}|${HANDLE}|${NAME}|\\p{Ll}[\\p{L}\\p{N}._-]{1,30}`

/** What stands where a name may stand. */
export const NOT_A_NAME =
  /^(?:ability|able|option|need|needs|button|support|how|way|ways|command|want|wants|try|nothing|failure|attempt|request|plan|time|unable|script|tool|migrate|switch|setting|api|cli|ui|where|what|when|who|why|easy|hard|going|get|allow|add|use|used|want|have|make|prefer|move|go|back|return|link|due|according|similar|up|user|users|we|i|you|they|it|the|this|someone|team|everyone|everybody|people|remember|ready|trying|forget|continue|start|begin|agree|refuse|fail|fails|failed|todo|todos|chore|docs|remaining|left|next|path|steps|guide|task|tasks|everything|something|anything|instructions|convert|connect|reply|respond|upgrade|subscribe|scroll|click|drag|press|tap|shortcut|menu|page|field|flag|function|method|hook|test|tests|policy|check|feature|bug|issue|proposal|design|idea|intend|supposed|required|expected)$/i

/** Nobody, or something that things are assigned to. */
export const NOBODY =
  /^(?:nobody|noone|none|null|nil|undefined|unknown|unassigned|tbd|true|false|string|int|number|id|variables?|const\w*|groups?|roles?|milestones?|sprints?|reviewers?|agents?|bots?|itself|others?|different|another|new|same|each|any|all|one|multiple|several)$/i

/** What has to do with assigning, or is several of something. */
export const ASSIGNS =
  /^(?:dropdown|dialog|modal|flow|form|popup|view|panel|list|logic|icon|screen|endpoint|event|handler|action|column|filter|key|permission|rule|notification|e?mail|badge|picker|select|toggle|operator|statement|call|mode|state|algorithm|workflow|\p{L}+(?:s|ly|ing))$/iu

/** What is given to people or things without being work: “assign admin role to ann”. */
export const GIVEN =
  /\b(?:roles?|permissions?|licen[cs]es?|seats?|ips?|address(?:es)?|access|rights?|admin|tasks?|tickets?|issues?|items?|cards?|labels?|owners?|ownership|groups?|keys?|numbers?|colou?rs?|values?|defaults?|default|ids?|ports?|variables?|tags?|users?|teams?|people|priorit(?:y|ies)|types?|status|names?|badges?|points?|plans?|shifts?|domains?|leads?|customers?|orders?|devices?|categor(?:y|ies)|weights?|slots?)$/i
/** What things are assigned to. */
export const RECEIVES =
  /^(?:hosts?|containers?|workers?|nodes?|fields?|servers?|devices?|projects?|customers?|accounts?|members?|admins?|owners?|orders?|categor(?:y|ies)|columns?|slots?|shifts?|drivers?|players?|queues?|\p{L}+s)$/iu

/** Before these words stands something that they are about: “a button to assign to reviewers”, “the field owner: text”. */
export const SPOKEN_OF =
  /(?:\b(?:to|can|could|cannot|may|must|should|will|would|and|or|we|you|they|users?|on|for|of|in|with|without|via|the|a|an|bulk|auto|add|fix|show|support|allow|make|set|field|key|column|property|attribute|header|param(?:eter)?|option|value|label|when|if|how|after|before)|['"`\uE000])\s+$/i
