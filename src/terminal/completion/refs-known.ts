import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GitDirectories } from '../../git/repository.ts'
import { readTrash } from '../../worktrees/trash-entry.ts'
import type { Word } from './command-table.ts'

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Names of the loose refs below a directory. */
function looseIn(directory: string, before = ''): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return looseIn(join(directory, entry.name), `${before}${entry.name}/`)
      return entry.name.endsWith('.lock') ? [] : [`${before}${entry.name}`]
    })
  } catch {
    return []
  }
}

/** Names of the branches, those of remotes last. */
export function branchesIn({ commonDir }: GitDirectories): string[] {
  const packed = readText(join(commonDir, 'packed-refs'))
  const kinds = (['heads', 'remotes'] as const).map((kind) => {
    const found = packed.matchAll(new RegExp(`^[0-9a-f]+ refs/${kind}/(.+)$`, 'gm'))
    const names = [...looseIn(join(commonDir, 'refs', kind)), ...[...found].map(([, name]) => name!)]
    return [...new Set(names)].sort()
  })
  return kinds.flat().filter((name) => !name.endsWith('/HEAD'))
}

/** Names of the remotes that are configured. */
export const remotesIn = ({ commonDir }: GitDirectories): string[] => [
  ...new Set(
    [...readText(join(commonDir, 'config')).matchAll(/^\s*\[remote "([^"\\]+)"\]/gm)].map(
      ([, name]) => name!,
    ),
  ),
]

/** Branches that are checked out in linked worktrees. */
export function worktreeBranches({ commonDir }: GitDirectories): string[] {
  const linked = join(commonDir, 'worktrees')
  const names = existsSync(linked) ? readdirSync(linked) : []
  return names.flatMap(
    (name) => /^ref: refs\/heads\/(.+)$/m.exec(readText(join(linked, name, 'HEAD')))?.[1] ?? [],
  )
}

/** Removed worktrees that are kept, by the words that bring them back; of those that one word names, the newest counts. */
export function removedWorktrees(directories: GitDirectories): Word[] {
  const words = new Map<string, string>()
  for (const { state, task, path, branch } of readTrash(directories)) {
    const word = task ? String(task.number) : path
    if (state === 'removed' && !words.has(word)) words.set(word, task?.title ?? branch ?? '')
  }
  return [...words]
}
