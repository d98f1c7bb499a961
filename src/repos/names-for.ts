import { dirname } from 'node:path'
import { type Repository, repositoryName } from '../git/repository.ts'

/** The last part of a path, in the letters of names. */
const lastPart = (path: string) =>
  path
    .replace(/.*\//, '')
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')

/** The name of a repository's directory with those of some directories around it in front. */
function nameWith(repository: Repository, parents: number): string {
  const words = [repositoryName(repository)]
  let directory = dirname(repository.mainDirectory)
  for (let i = 0; i < parents; i++, directory = dirname(directory)) words.unshift(lastPart(directory))
  return words.filter(Boolean).join('-')
}

const countOf = (names: readonly string[], name: string) => names.filter((other) => other === name).length

/**
 * Names for repositories: those of their directories or, where several or somebody else have that one, with as many
 * parents in front as it takes, of all alike; at last a number. Whoever stands inside of a directory means that repository
 * by its name, which can be no other's.
 * @param taken names, and names of directories, that others have already, in lower case
 */
export function namesFor(repositories: readonly Repository[], taken: ReadonlySet<string>): string[] {
  const names = new Map<Repository, string>()
  const given = new Set(taken)
  const give = (repository: Repository, name: string) => {
    names.set(repository, name)
    given.add(name.toLowerCase())
  }
  const deepest = Math.max(0, ...repositories.map(({ mainDirectory }) => mainDirectory.split('/').length - 2))
  let left = repositories
  for (let parents = 0; parents <= deepest; parents++) {
    const wanted = left.map((repository) => nameWith(repository, parents))
    const lower = wanted.map((name) => name.toLowerCase())
    const isFree = (name: string) => !given.has(name) && countOf(lower, name) === 1
    const free = left.map((_, i) => isFree(lower[i]!))
    for (const [i, repository] of left.entries()) if (free[i]) give(repository, wanted[i]!)
    if (parents === 0) for (const name of lower) given.add(name)
    left = left.filter((_, i) => !free[i])
  }
  for (const repository of left) {
    const name = nameWith(repository, 1)
    let number = 2
    while (given.has(`${name}-${number}`.toLowerCase())) number++
    give(repository, `${name}-${number}`)
  }
  return repositories.map((repository) => names.get(repository)!)
}
