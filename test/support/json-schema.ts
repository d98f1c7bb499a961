/** Keywords that say nothing of what is right. */
const REMARKS = new Set(['$schema', 'title', 'description', 'default', 'examples'])

type Schema = Readonly<Record<string, unknown>>
type Judge = (rule: never, value: never, schema: Schema) => boolean

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
}

/** Keywords for values of one type; they say nothing of others. */
const OF_OBJECTS: Readonly<Record<string, Judge>> = {
  properties: (rule: Record<string, Schema>, value: Record<string, unknown>) =>
    Object.entries(value).every(([key, inner]) => !Object.hasOwn(rule, key) || isRight(rule[key]!, inner)),
  required: (rule: string[], value: object) => rule.every((key) => Object.hasOwn(value, key)),
  propertyNames: (rule: Schema, value: object) => Object.keys(value).every((key) => isRight(rule, key)),
  additionalProperties: (rule: Schema | boolean, value: Record<string, unknown>, { properties = {} }) => {
    const others = Object.keys(value).filter((key) => !Object.hasOwn(properties as object, key))
    return others.every((key) => (typeof rule === 'boolean' ? rule : isRight(rule, value[key])))
  },
}
const OF_ARRAYS: Readonly<Record<string, Judge>> = {
  items: (rule: Schema, value: unknown[]) => value.every((item) => isRight(rule, item)),
  minItems: (rule: number, value: unknown[]) => value.length >= rule,
}
const OF_STRINGS: Readonly<Record<string, Judge>> = {
  pattern: (rule: string, value: string) => new RegExp(rule, 'u').test(value),
  minLength: (rule: number, value: string) => value.length >= rule,
  maxLength: (rule: number, value: string) => value.length <= rule,
}
const OF_NUMBERS: Readonly<Record<string, Judge>> = {
  minimum: (rule: number, value: number) => value >= rule,
  maximum: (rule: number, value: number) => value <= rule,
}
const OF_ALL: Readonly<Record<string, Judge>> = {
  type: (rule: string, value: unknown) => TYPES[rule]!(value),
  enum: (rule: unknown[], value: unknown) => rule.includes(value),
  anyOf: (rule: Schema[], value: unknown) => rule.some((schema) => isRight(schema, value)),
}
const KINDS = [
  [OF_ALL, () => true],
  [OF_OBJECTS, isObject],
  [OF_ARRAYS, Array.isArray],
  [OF_STRINGS, TYPES.string!],
  [OF_NUMBERS, TYPES.number!],
] as const

/**
 * Whether a JSON Schema takes a value, by the words of the standard and without the library that made it. A keyword that
 * is not known here is an error: nothing goes unjudged.
 */
export function isRight(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    if (REMARKS.has(keyword)) return true
    const [judges, applies] = KINDS.find(([known]) => Object.hasOwn(known, keyword)) ?? []
    if (!judges || !applies) throw new Error(`the keyword ${keyword} is not known to this test`)
    return !applies(value) || judges[keyword]!(rule as never, value as never, schema)
  })
}
