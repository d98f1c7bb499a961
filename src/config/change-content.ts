/** Steps to a value: names of keys, and places in lists. */
export type KeyPath = readonly (string | number)[]

/** The steps that a key names, whether there is such a key or not. */
export const stepsOf = (key: string): KeyPath =>
  [...key.matchAll(/\[(\d{1,6})\]|\.?([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? name! : Number(index),
  )

type Container = Record<string | number, unknown>

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** What is at a place, or undefined. */
export const valueAt = (content: unknown, path: KeyPath): unknown =>
  path.reduce<unknown>(
    (part, key) => (isContainer(part) && Object.hasOwn(part, key) ? part[key] : undefined),
    content,
  )

/** The content with another value at a place; sections on the way there are begun where they are not. */
export function withValueAt(content: unknown, path: KeyPath, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(content) || (content === undefined && typeof key === 'number')) {
    const copy: unknown[] = [...(content ?? [])]
    copy[Number(key)] = withValueAt(copy[Number(key)], rest, value)
    return copy
  }
  const section = isContainer(content) ? content : {}
  return { ...section, [key]: withValueAt(section[key], rest, value) }
}

/** The place to cut at, so that no section is left with nothing in it; the path itself where nothing is there to be cut. */
export function cutFor(content: unknown, path: KeyPath): KeyPath {
  const above = valueAt(content, path.slice(0, -1))
  const isLast =
    isContainer(above) &&
    !Array.isArray(above) &&
    Object.keys(above).length === 1 &&
    Object.hasOwn(above, path.at(-1)!)
  return isLast && path.length > 1 && typeof path.at(-2) === 'string'
    ? cutFor(content, path.slice(0, -1))
    : path
}

/** The content without what is at a place. */
export function withoutValueAt(content: unknown, path: KeyPath): unknown {
  const [key, ...rest] = path
  if (!isContainer(content) || key === undefined || !Object.hasOwn(content, key)) return content
  if (rest.length > 0) {
    const inner = withoutValueAt(content[key], rest)
    return Array.isArray(content)
      ? content.map((item, i) => (i === key ? inner : item))
      : { ...content, [key]: inner }
  }
  if (Array.isArray(content)) return content.filter((_, i) => i !== key)
  const { [key]: _gone, ...others } = content
  return others
}
