import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import type { Exclusion } from './start-request.ts'

const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/**
 * Has git ignore a worktree that goes inside another one: `git add` there would take it for a repository in the
 * repository. Where the directory around it is new, that is ignored as a whole, so that one line serves all to come.
 * @returns what takes this back
 */
export async function excludeNested(
  { commonDir }: Repository,
  { outer, inner }: Exclusion,
): Promise<() => void> {
  const ignored = await runGit(['check-ignore', '--quiet', '--', `${inner}/any`], { cwd: outer })
  if (ignored.status === 0) return () => {}
  const around = dirname(inner)
  const place = around === '.' || existsSync(join(outer, around)) ? inner : around
  const pattern = `/${place.replaceAll('\\', '/').replace(/[\\*?[\]!# ]/g, '\\$&')}/`
  const file = join(commonDir, 'info', 'exclude')
  const before = readIfThere(file)
  const after = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${pattern}\n`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, after)
  return () => {
    if (readIfThere(file) === after) writeFileSync(file, before)
  }
}
