import { namesOf, partAt, type SchemaPart } from '../../schemas/config-keys.ts'
import { configJsonSchema } from '../../schemas/json-schema.ts'
import { type KeyPath, stepsOf } from '../config/change-content.ts'
import { placeOf } from '../config/explain-faults.ts'
import { MhvError } from '../errors.ts'
import { nearestWord } from '../query/nearest-word.ts'

/** Names below a part, with those of what is below them. */
function keysBelow(part: SchemaPart, key: string): string[] {
  return Object.entries(part.properties ?? {}).flatMap(([name, inner]) => {
    const below = key ? `${key}.${name}` : name
    return name.startsWith('$') ? [] : [below, ...keysBelow(inner, below)]
  })
}

/** Errors: INVALID_INPUT, with the key that was probably meant. */
function unknownKey(key: string, path: KeyPath, schema: SchemaPart): MhvError {
  // The part that is right is kept: what was meant is looked for where the wrong name stands, then everywhere.
  const depth = Math.max(
    0,
    path.findIndex((_, i) => !partAt(schema, path.slice(0, i + 1))),
  )
  const right = path.slice(0, depth)
  const part = partAt(schema, right)
  const names = part ? namesOf(part) : []
  const beside = nearestWord(String(path[depth] ?? key), names)
  const whole = beside === null ? [] : [...right, beside, ...path.slice(depth + 1)]
  const near = partAt(schema, whole) ? whole : whole.slice(0, depth + 1)
  const meant = beside !== null ? placeOf(near) : nearestWord(key, keysBelow(schema, ''))
  const hint = meant
    ? `; did you mean ${meant}?`
    : names.length > 0
      ? `; there ${depth > 0 ? `in ${placeOf(right)} ` : ''}are ${names.join(', ')}.`
      : '.'
  return new MhvError(
    'INVALID_INPUT',
    `Nothing is called ${JSON.stringify(key)} in the configuration${hint}`,
    {
      recovery: [meant ? `mhv config list ${meant.replace(/\[.*/, '')}` : 'mhv config list'],
      // A section would not take what was typed for a key within it.
      data: {
        field: 'key',
        value: key,
        ...(meant && stepsOf(meant).length === path.length ? { meant } : {}),
      },
    },
  )
}

/** The steps of a key such as `gates[0].name`. Errors: INVALID_INPUT where the schema has no such key. */
export function readKey(key: string): KeyPath {
  const schema = configJsonSchema() as SchemaPart
  const path = stepsOf(key)
  const isOne = path.length > 0 && placeOf(path) === key && partAt(schema, path)
  // JavaScript has that name for something else in every section.
  if (!isOne || path.includes('__proto__')) throw unknownKey(key, path, schema)
  return path
}
