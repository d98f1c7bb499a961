import { MhvError, shellWord } from '../../errors.ts'
import type { Lacks } from '../../gates/outstanding.ts'
import { gateReportJson } from '../../gating/gate-refusal.ts'
import type { Verification } from '../../gating/verify-gates.ts'
import { visible } from '../../printable.ts'
import { colour } from '../output/colour.ts'
import { aside } from '../output/output-mode.ts'

const count = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`
const lacksJson = (lacks: Lacks) => [...lacks].map(([gate, lack]) => ({ gate, lack }))

/** A verification as scripts see it. */
export function verificationJson(found: Verification): Record<string, unknown> {
  const { range, gates, commits, tasks, reports, remarks } = found
  return {
    range: range.name,
    gates,
    commits,
    tasks,
    shallow: found.isShallow,
    gate_log: found.hasGateLog,
    task_log: found.hasTaskLog,
    unproven: {
      commits: found.unprovenCommits.map(({ lacks, ...commit }) => ({ ...commit, lacks: lacksJson(lacks) })),
      tasks: found.unprovenTasks.map(({ id, number, title, commit, completedBy, lacks }) => ({
        id,
        number,
        title,
        commit,
        completed_by: completedBy,
        lacks: lacksJson(lacks),
      })),
    },
    reports: reports.map(gateReportJson),
    remarks,
  }
}

const lackLines = (lacks: Lacks) => [...lacks].map(([gate, lack]) => `    ${gate}: ${lack}`)

/** What is to be known of a verification besides its outcome, a sentence each. */
function remarksOn({ isShallow, hasTaskLog, fetches, remarks }: Verification): string[] {
  const step = fetches.find((each) => each.includes('tasks'))
  return [
    ...(isShallow ? ['The history here is shallow: what is older is not judged.'] : []),
    ...(hasTaskLog
      ? []
      : [
          `There is no task log here: completed tasks are not judged.${step ? ` It is fetched with: ${step}` : ''}`,
        ]),
    ...remarks,
  ]
}

/** Says, for people, what was found; the refusal that follows says how it ends. */
export function printVerification(found: Verification): void {
  const out = (text: string) => process.stdout.write(`${visible(text)}\n`)
  const { range, gates, commits, tasks, unprovenCommits, unprovenTasks } = found
  if (gates.length === 0) {
    aside('No required gate is configured for ci, pre-push or done: there is nothing to verify.')
    return
  }
  for (const { commit, subject, author, lacks } of unprovenCommits) {
    process.stdout.write(
      `${colour.red('unproven')}  ${visible(`${commit.slice(0, 12)} ${subject} (${author})`)}\n`,
    )
    for (const line of lackLines(lacks)) out(line)
  }
  for (const { number, title, commit, completedBy, lacks } of unprovenTasks) {
    const by = completedBy ? ` (${completedBy})` : ''
    const said = `#${number} ${title}, completed at ${commit.slice(0, 12)}${by}`
    process.stdout.write(`${colour.red('unproven')}  ${visible(said)}\n`)
    for (const line of lackLines(lacks)) out(line)
  }
  for (const remark of remarksOn(found)) process.stderr.write(`${visible(remark)}\n`)
  if (unprovenCommits.length + unprovenTasks.length === 0) {
    const judged = [count(commits, 'commit'), ...(tasks > 0 ? [count(tasks, 'completed task')] : [])].join(
      ' and ',
    )
    aside(visible(`${range.name}: ${judged}, proven by ${gates.join(', ')}.`))
  }
}

/** What proves, or where that was done already, shows, what is lacking. */
function nextStep({ range, isRerun, unprovenCommits, unprovenTasks }: Verification): string {
  if (!isRerun) return `mhv gate verify ${range.isUsual ? '' : `${shellWord(range.name)} `}--rerun`
  const names = [...unprovenCommits, ...unprovenTasks].flatMap(({ lacks }) => [...lacks.keys()])
  return `mhv gate run --only ${[...new Set(names)].map(shellWord).join(',')}`
}

/** The error for what is not proven, or null where all is. */
export function verificationRefusal(found: Verification): MhvError | null {
  const { range, unprovenCommits, unprovenTasks, hasGateLog, fetches } = found
  const open = [
    ...(unprovenCommits.length > 0 ? [count(unprovenCommits.length, 'commit')] : []),
    ...(unprovenTasks.length > 0 ? [count(unprovenTasks.length, 'completed task')] : []),
  ]
  if (open.length === 0) return null
  const isOne = unprovenCommits.length + unprovenTasks.length === 1
  const absent = hasGateLog || found.reports.length > 0 ? '' : ' There is no log of gates here.'
  return new MhvError(
    'GATES_UNPROVEN',
    `${open.join(' and ')} of ${range.name} ${isOne ? 'has' : 'have'} not been shown to pass the gates.${absent}`,
    {
      recovery: [...fetches, nextStep(found)],
      data: verificationJson(found),
    },
  )
}
