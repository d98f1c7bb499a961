import type { LoadedConfig } from './load-config.ts'
import type { ConfigSource } from './read-source.ts'

/** One value that holds, and where it comes from. */
export interface EffectiveValue {
  /** `gates[0].timeout` */
  readonly key: string
  /** As its author wrote it; a default as one would. */
  readonly value: unknown
  readonly origin: 'default' | ConfigSource['origin']
  /** The file that says so; null for a default. */
  readonly path: string | null
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
] as const

/** Milliseconds as a span with its unit. */
const span = (milliseconds: number): string => {
  const [unit, name] = UNITS.find(([unit]) => milliseconds % unit === 0)!
  return `${milliseconds / unit}${name}`
}

/** Keys whose values are computed with as numbers, but written with a unit. */
const WRITTEN: Readonly<Record<string, (value: number) => string>> = {
  timeout: span,
  trash: span,
  orphan: span,
  disk: (bytes) => `${bytes / 1e9}GB`,
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a source says under a key, or undefined. */
const under = (content: unknown, key: string | number): unknown =>
  isObject(content) || Array.isArray(content) ? (content as Record<string, unknown>)[key] : undefined

/**
 * Every value that holds, in the order of the schema, with the file that it comes from.
 * @param loaded as `loadConfig` gives it
 */
export function effectiveValues({ config, sources }: LoadedConfig): EffectiveValue[] {
  const values: EffectiveValue[] = []
  const visit = (
    value: unknown,
    key: string,
    name: string,
    said: readonly { source: ConfigSource; content: unknown }[],
  ) => {
    const strongest = said.findLast(({ content }) => content !== undefined)
    // A list comes whole from one file; a section is put together from all of them.
    const deciding = Array.isArray(value) && strongest ? [strongest] : said
    const children: [string | number, unknown][] = Array.isArray(value)
      ? value.map((item, i) => [i, item])
      : isObject(value)
        ? Object.entries(value)
        : []
    const isLeaf = !isObject(value) && !(Array.isArray(value) && value.some(isObject))
    if (isLeaf || children.length === 0) {
      const written = strongest ? strongest.content : (WRITTEN[name]?.(value as number) ?? value)
      values.push({
        key,
        value: written,
        origin: strongest?.source.origin ?? 'default',
        path: strongest?.source.path ?? null,
      })
      return
    }
    for (const [child, inner] of children) {
      const childKey = typeof child === 'number' ? `${key}[${child}]` : key ? `${key}.${child}` : child
      const below = deciding.map(({ source, content }) => ({ source, content: under(content, child) }))
      visit(inner, childKey, String(child), below)
    }
  }
  visit(
    config,
    '',
    '',
    sources.map((source) => ({ source, content: source.content })),
  )
  return values.filter(({ key }) => key !== '$schema')
}
