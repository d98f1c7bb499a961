/** The file of a task in the tree: three levels, by the last characters of its ULID, which are random. */
export function taskPath(id: string): string {
  const [a, b, c] = id.slice(-3).toLowerCase()
  return `tasks/${a}/${b}/${c}/${id}.yaml`
}

/** The task whose file a path is; null for any other path, and for a task that lies where it does not belong. */
export function keyOfNode(path: string): string | null {
  const id = /^tasks\/.\/.\/.\/([0-7][0-9A-HJKMNP-TV-Z]{25})\.yaml$/.exec(path)?.[1]
  return id && taskPath(id) === path ? id : null
}
