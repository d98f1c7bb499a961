import { configJsonSchema } from './json-schema.ts'

/** A part of the JSON Schema of a configuration, as far as it is told and examples are made from it. */
export interface SchemaPart {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly anyOf?: readonly SchemaPart[]
  readonly properties?: Readonly<Record<string, SchemaPart>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | SchemaPart
  readonly propertyNames?: SchemaPart
  readonly items?: SchemaPart
}

/** One key of a configuration, a section or a list too. */
export interface ConfigKey {
  /** `gating.jobs`, `gates[].timeout`, `aliases.NAME` */
  readonly key: string
  readonly part: SchemaPart
  readonly isRequired: boolean
}

/** Names of the keys that a section may have; none where its author chooses them. */
export const namesOf = ({ properties = {}, propertyNames }: SchemaPart): string[] =>
  [...Object.keys(properties), ...(propertyNames?.enum ?? []).map(String)].filter(
    (name) => !name.startsWith('$'),
  )

/** The part that describes what is at a place, or undefined. */
export function partAt(schema: SchemaPart, path: readonly PropertyKey[]): SchemaPart | undefined {
  return path.reduce<SchemaPart | undefined>((part, key) => {
    if (typeof key === 'number') return part?.items
    const { properties = {}, additionalProperties: rest, propertyNames: names } = part ?? {}
    const name = String(key)
    if (Object.hasOwn(properties, name)) return properties[name]
    if (names?.enum && !names.enum.includes(name)) return undefined
    return typeof rest === 'object' ? rest : undefined
  }, schema)
}

/** What stands for a key that the author chooses. */
const CHOSEN = ['NAME', 'ROLE']

/** Every key that there is, in the order of the schema, each section before what is in it. */
export function configKeys(): ConfigKey[] {
  const keys: ConfigKey[] = []
  const visit = (part: SchemaPart, key: string, isRequired: boolean, chosen: number) => {
    if (key) keys.push({ key, part, isRequired })
    const below = (name: string) => (key ? `${key}.${name}` : name)
    for (const [name, inner] of Object.entries(part.properties ?? {})) {
      visit(inner, below(name), part.required?.includes(name) ?? false, chosen)
    }
    const { additionalProperties: rest, items } = part
    if (typeof rest === 'object') visit(rest, below(CHOSEN[chosen]!), false, chosen + 1)
    // Items that are no sections are told with their list.
    if (items?.properties) {
      for (const [name, inner] of Object.entries(items.properties)) {
        visit(inner, `${key}[].${name}`, items.required?.includes(name) ?? false, chosen)
      }
    }
  }
  visit(configJsonSchema() as SchemaPart, '', false, 0)
  return keys
}
