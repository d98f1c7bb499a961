import type { Config } from '../../schemas/config.ts'
import { sagaFindings } from '../doctor/check-sagas.ts'
import { diagnose } from '../doctor/diagnose.ts'
import type { Finding } from '../doctor/finding.ts'
import { MhvError, shellWord } from '../errors.ts'
import { dependencyEvents } from '../federation/dependency-events.ts'
import { asSeenFromElsewhere } from '../federation/in-place.ts'
import { mayHaveSagas } from '../federation/saga-log.ts'
import { urlRepository } from '../federation/url-repository.ts'
import type { MemberView } from '../federation/view-members.ts'
import { configOfCommit } from '../gating/gate-config.ts'
import { runGit } from '../git/run.ts'
import { cutCommand } from '../query/cut-command.ts'
import { type Cycle, cycleCuts } from '../query/cycle-cuts.ts'
import { edgesOf } from '../query/graph-parts.ts'
import { type HealthFinding, type HealthScore, inOrder, scoreOf } from '../query/health.ts'
import { graphFindings } from '../query/health-graph.ts'
import { mentionFindings, namesOf, numbersOf } from '../query/health-mentions.ts'
import { keyOf, type Place, type TaskGraph, type TaskNode, taskGraph } from '../query/task-graph.ts'
import type { Fault } from '../repos/member.ts'
import { memberError } from '../repos/member-repository.ts'
import { saidOf } from '../repos/said-of.ts'
import { type Known, phantomFindings } from './check-phantoms.ts'

export interface Health extends HealthScore {
  readonly findings: readonly HealthFinding[]
}

const REPOSITORIES = { part: 'repositories', fix: [] as readonly string[] } as const

/** Members that cannot be seen. One without a task log has nothing to be seen yet, one that is away may come back. */
function viewFindings({ member, problem }: MemberView): HealthFinding[] {
  if (!problem) return []
  const isAway = /^REMOTE_|^REPOSITORY_MISSING$/.test(problem.error)
  const severity = problem.error === 'NOT_INITIALISED' ? 'notice' : isAway ? 'warning' : 'critical'
  const message = saidOf(member.name, problem.message)
  return [{ ...REPOSITORIES, code: problem.error, severity, repository: member.name, message }]
}

/** A repository that cannot be looked into. Errors: GIT_MISSING, which is about this machine; what is a bug. */
function brokenFinding({ member, workplace }: MemberView, thrown: unknown): HealthFinding {
  const error = memberError(member, thrown)
  if (error.error === 'GIT_MISSING') throw error
  const { message, recovery } = asSeenFromElsewhere(error, {
    name: member.name,
    directory: workplace?.repository.mainDirectory ?? member.path,
  })
  return {
    ...REPOSITORIES,
    code: error.error,
    severity: 'critical',
    repository: member.name,
    message: saidOf(member.name, message),
    fix: recovery,
  }
}

/** The steps of a finding of one repository, for somebody who is elsewhere. */
const elsewhere = (step: string, directory: string) =>
  step.startsWith('mhv ')
    ? `mhv -C ${shellWord(directory)} ${step.slice(4)}`
    : `cd ${shellWord(directory)} && ${step}`

/** A repository's own finding, as it is told beside those of others. */
const ownFinding = (
  repository: string,
  { code, severity, message }: Finding,
  fix: readonly string[],
): HealthFinding => ({
  ...REPOSITORIES,
  code,
  severity: severity === 'error' ? 'critical' : 'warning',
  repository,
  message: `${repository}: ${message}`,
  fix,
})

/**
 * Changes that began in a member while it was known by its URL only, and were interrupted. Their log is here, whether the
 * remote can be seen or the member has a directory by now.
 */
async function interruptedFindings({ member: { name, url } }: MemberView): Promise<HealthFinding[]> {
  const repository = url === null ? null : urlRepository(url)
  if (!repository || !mayHaveSagas(repository)) return []
  // What goes on with them works from anywhere.
  return (await sagaFindings(repository)).map((finding) => ownFinding(name, finding, [finding.fix]))
}

/** What the repository's own doctor says of it, but for what is told of the whole graph already. */
async function ownFindings(view: MemberView, told: ReadonlySet<string>): Promise<HealthFinding[]> {
  const { member, workplace } = view
  if (!workplace || member.path === null || view.problem?.error === 'NOT_INITIALISED') return []
  const directory = workplace.repository.workTree ?? workplace.repository.mainDirectory
  const { findings } = await diagnose(workplace.repository, false, () => {})
  return findings
    .filter(({ fix }) => !told.has(`${member.name}: ${fix}`))
    .map((finding) => {
      const steps = [finding.fix, ...finding.next].map((step) => elsewhere(step, directory))
      return ownFinding(member.name, finding, steps)
    })
}

/** The commands by which each repository's own doctor would mend what the graph shows too. */
function toldAlready({ nodes, needs }: TaskGraph, cycles: readonly Cycle[]): Set<string> {
  const told = new Set<string>()
  for (const { edge } of cycles.flatMap(({ cuts }) => cuts)) {
    const { repository } = nodes[edge.from] as TaskNode
    told.add(`${repository}: ${cutCommand({ nodes, needs }, edge, repository)}`)
  }
  for (const { from, to } of edgesOf({ nodes, needs })) {
    if (nodes[to]!.kind === 'task') continue
    const { repository, snapshot, slot } = nodes[from] as TaskNode
    const id = keyOf(nodes[to]!).replace(`${repository}/`, '')
    told.add(`${repository}: mhv task depend ${snapshot.number(slot)} --on ${id} --remove`)
  }
  return told
}

/** Commits that are looked at for their authors. */
const COMMITS = 20_000

/** Names and addresses of everybody whose commits lead to HEAD, in lower case. */
async function authorsOf({ workplace, member }: MemberView): Promise<string[]> {
  if (!workplace || member.path === null) return []
  const args = ['log', '--format=%aN <%aE>', `--max-count=${COMMITS}`, 'HEAD']
  const { status, stdout } = await runGit(args, workplace.repository.git)
  if (status !== 0) return []
  return [...new Set(stdout.toString('utf8').split('\n').filter(Boolean))].flatMap(namesOf)
}

/** The configuration at HEAD, or why it cannot be read; null for both where it is a program or there is no commit. */
async function configOf({
  workplace,
  member,
}: MemberView): Promise<{ config: Config | null; findings: HealthFinding[] }> {
  const repository = workplace?.repository
  if (!repository?.workTree || member.path === null) return { config: null, findings: [] }
  try {
    return { config: await configOfCommit(repository, 'HEAD'), findings: [] }
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    // Before the first commit git has no HEAD to speak of.
    if (error.error !== 'CONFIG_INVALID') return { config: null, findings: [] }
    const message = `${member.name}: ${error.message}`
    const fix = error.recovery.map((step) => elsewhere(step, repository.workTree!))
    return {
      config: null,
      findings: [{ ...REPOSITORIES, code: error.error, severity: 'critical', repository: member.name, message, fix }],
    } // biome-ignore format: one finding
  }
}

/**
 * The health of what some members of a federation depend on.
 * @param views all members; @param chosen names of those that are looked at
 * @param isCommand whether words after `mhv` are a command of it
 * Errors: GIT_MISSING.
 */
export async function checkHealth(
  views: readonly MemberView[],
  chosen: ReadonlySet<string>,
  faults: readonly Fault[],
  isCommand: Known['isCommand'],
): Promise<Health> {
  const places: Place[] = views.map(({ member: { name, nicknames }, snapshot }) => ({
    name,
    nicknames,
    snapshot,
  }))
  const graph = taskGraph(places)
  const cycles = cycleCuts(graph, await dependencyEvents(graph, views))
  const told = toldAlready(graph, cycles)
  const hasTask = numbersOf(places)
  const gates = new Map<string, ReadonlySet<string>>()
  const people = new Set<string>()
  const findings: HealthFinding[] = faults.map(({ entry, message }) => {
    return { ...REPOSITORIES, code: 'REPOS_ENTRY', severity: 'warning', repository: null, message: `repos.yaml, ${entry}: ${message}.` }
  }) // biome-ignore format: one finding
  const lookInto = async (view: MemberView): Promise<HealthFinding[]> => {
    const { name } = view.member
    const { config, findings: ofConfig } = await configOf(view)
    if (config) gates.set(name, new Set(config.gates.map((gate) => gate.name)))
    const found = [...ofConfig, ...(await ownFindings(view, told)), ...(await interruptedFindings(view))]
    if (!view.workplace || view.member.path === null) return found
    const known: Known = { config, isCommand, hasTask: (other, number) => hasTask(other ?? name, number) }
    return [...found, ...(await phantomFindings(name, view.workplace.repository, known))]
  }
  for (const view of views) {
    for (const name of await authorsOf(view)) people.add(name)
    if (!chosen.has(view.member.name)) continue
    findings.push(...viewFindings(view))
    findings.push(...(await lookInto(view).catch((error: unknown) => [brokenFinding(view, error)])))
  }
  findings.push(...graphFindings(graph, cycles, places), ...mentionFindings(places, { gates, people }))
  const own = findings.filter(({ repository }) => repository === null || chosen.has(repository))
  return { ...scoreOf(own), findings: inOrder(own, [...chosen]) }
}
