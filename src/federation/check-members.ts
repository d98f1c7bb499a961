import { MhvError, shellWord } from '../errors.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { namesOfTwo, type ReposProblem, saidOfTwo } from '../repos/check-names.ts'
import type { Federation, Member } from '../repos/member.ts'
import { repositoryOf, urlInstead } from '../repos/member-repository.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { noLogHere } from '../store/log-elsewhere.ts'
import { readState } from './fetch-state.ts'
import { entryDirectory } from './url-repository.ts'
import { type MemberView, viewMembers } from './view-members.ts'

/** How a member stands: its tasks are here; it keeps none; it is not where the file says; only its URL is known. */
export type MemberState = 'here' | 'not initialised' | 'missing' | 'URL only'

/** How a member stands, as far as this machine knows. Starts no git where the repository is an ordinary one. */
export async function stateOf(member: Member): Promise<MemberState> {
  if (urlInstead(member) !== null) return 'URL only'
  try {
    const repository = await repositoryOf(member)
    return (await readRef(repository, TASKS_REF)) === null ? 'not initialised' : 'here'
  } catch (error) {
    if (error instanceof MhvError) return 'missing'
    throw error
  }
}

const problem = (repository: string, message: string, step: string | null = null): ReposProblem => ({
  repository,
  message,
  step,
})

/** Members whose names differ in case only. */
function namesakes(members: readonly Member[]): ReposProblem[] {
  return members.flatMap(({ name }, i) => {
    const other = members.slice(0, i).find((before) => before.name.toLowerCase() === name.toLowerCase())
    if (!other) return []
    const said = `is called the same, in another case as ${other.name}`
    return [problem(name, said, `mhv repos remove ${shellWord(name)}`)]
  })
}

/** Whether a member's URL leads to a task log, as far as that was seen; undefined where nobody has looked. */
function hasLogThere({ name, url }: Member, asked: readonly MemberView[]): boolean | undefined {
  const view = asked.find(({ member }) => member.name === name)
  if (view?.snapshot) return true
  if (view?.problem?.error === 'NOT_INITIALISED') return false
  const state = url === null ? null : readState(entryDirectory(url))
  return state?.fetchedAt ? state.tip !== null : undefined
}

/** A clone without a log: whose remote may have one, in which case that is to be fetched and no other begun. */
async function withoutLog(
  repository: Repository,
  member: Member,
  asked: readonly MemberView[],
): Promise<ReposProblem> {
  const { name, url } = member
  const there = hasLogThere(member, asked)
  const { recovery, data } = await noLogHere(repository)
  const [step] = recovery
  const isFetched = data.tasks !== undefined
  const isThere = isFetched || there === true
  const said = isThere ? 'its tasks are on its remote, and not here yet' : 'keeps no tasks yet'
  const inClone = `mhv -C ${shellWord(member.path!)}`
  // A clone without any remote can sync with none.
  const canSync = step?.startsWith('mhv sync')
  const isForSync = isFetched || (canSync && url !== null && there !== false)
  return problem(name, said, `${inClone} ${isForSync ? step!.slice(4) : 'init'}`)
}

/**
 * Why git cannot read the newest state of a log, which an index may still show; null where it can. Errors: none where there
 * is no git, of which a list of what is here has no need.
 */
async function brokenTip(repository: Repository): Promise<string | null> {
  try {
    const { status, stderr } = await runGit(['cat-file', '-e', `${TASKS_REF}^{tree}`], repository.git)
    return status === 0 ? null : `git cannot read it: ${stderr.trim().split('\n')[0]}`
  } catch (error) {
    if (error instanceof MhvError && error.error === 'GIT_MISSING') return null
    throw error
  }
}

/** What is wrong with the repository of one member, as far as is known. */
async function localProblem(member: Member, asked: readonly MemberView[]): Promise<ReposProblem[]> {
  if (urlInstead(member) !== null) return []
  const { name } = member
  try {
    const repository = await repositoryOf(member)
    if ((await readRef(repository, TASKS_REF)) === null) return [await withoutLog(repository, member, asked)]
    const said = await brokenTip(repository)
    return said === null ? [] : [problem(name, said, `git -C ${shellWord(member.path!)} fsck`)]
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    return [problem(name, error.message.replace(/\.$/, ''))]
  }
}

/** The members as they are seen at their URLs. */
async function viewAtUrls(members: readonly Member[], timeout?: number): Promise<MemberView[]> {
  const asked = members.filter(({ url }) => url !== null).map((member) => ({ ...member, path: null }))
  return viewMembers(asked, { maxAge: 0, ...(timeout === undefined ? {} : { timeout }) })
}

/** What keeps the tasks of members from being fetched by their URL. */
const remoteProblems = (asked: readonly MemberView[]): ReposProblem[] =>
  asked.flatMap(({ member, problem: seen }) =>
    seen ? [problem(member.name, seen.message.replace(/\.$/, ''), null)] : [],
  )

/**
 * What is wrong with a federation, in the order of its file; keys of other programs never are.
 * @param remote whether members are asked for at their URLs too
 */
export async function checkMembers(
  { members, faults }: Federation,
  remote: { readonly timeout?: number } | null,
): Promise<ReposProblem[]> {
  const asked = remote ? await viewAtUrls(members, remote.timeout) : []
  const local = (await Promise.all(members.map((member) => localProblem(member, asked)))).flat()
  return [
    ...faults.map(({ entry, message, step }) => problem(entry, message, step)),
    ...namesakes(members),
    ...(await namesOfTwo(members)).map(saidOfTwo),
    ...local,
    ...remoteProblems(asked),
  ]
}
