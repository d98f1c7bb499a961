import type { IntentContext } from './parsed-request.ts'

/** Words of English and of the trade that are names of repositories as well; alone they name none. */
const ORDINARY = new Set(
  'a an and are as at be by do for from go he i if in is it me my no of on or so the to up us we all any app apps api apis agent agents auth backend base board bot build cache cli client cloud code common config configuration core dash dashboard data db demo deploy dev distribution docs editor engine example examples frontend gateway gui home hub infra knowledge lib library lifecycle list main master memory mobile model models notes platform plugin portal prod production proxy public quality queue release report reports search semantic server service services session shared shell shop site store studio support sync system task tasks team template templates test testing tests theme tool tools ui utils vector view web website wiki worker workflow foundation orchestrator macos ios android linux windows open new next now off out over under with ready done time day week month year sun mon may march flow note mark ping echo atlas index kernel parser router scheduler logger runner monitor console terminal admin users user accounts billing payments orders checkout'.split(
    ' ',
  ),
)

/** “Fast Blocks”, fast_blocks and fastblocks are the same name. */
export const folded = (name: string): string => name.toLowerCase().replace(/[\s_.-]+/g, '')

/** How a word names repositories: by a name of their own, or by a tag that others may have too. */
export interface Named {
  readonly repositories: readonly string[]
  readonly by: 'name' | 'nickname' | 'tag'
  /** A word that also means something else, and counts only where it is plainly a name. */
  readonly isOrdinary: boolean
}

/** All words that name a repository of the federation, folded. */
export function repositoryNames(context: IntentContext): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>()
  const add = (word: string, repository: string, by: Named['by']) => {
    const key = folded(word)
    if (key === '') return
    const before = names.get(key)
    // A tag doesn't take a word from the repository that is called so.
    if (before && before.by !== 'tag' && by === 'tag') return
    const others = before && (before.by === 'tag') === (by === 'tag') ? before.repositories : []
    names.set(key, {
      repositories: [...new Set([...others, repository])],
      by: before && before.by !== 'tag' ? before.by : by,
      isOrdinary: by === 'tag' || ORDINARY.has(key) || key.length === 1,
    })
  }
  for (const { name } of context.repositories) add(name, name, 'name')
  for (const { name, names: others } of context.repositories) {
    for (const other of others) add(other, name, folded(other).length > 4 ? 'name' : 'nickname')
  }
  for (const { name, tags } of context.repositories) for (const tag of tags) add(tag, name, 'tag')
  return names
}
