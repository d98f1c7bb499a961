import { elsewhereFindings } from '../src/doctor/check-elsewhere.ts'
import { type Diagnosis, diagnose } from '../src/doctor/diagnose.ts'
import type { Finding } from '../src/doctor/finding.ts'
import { mendFindings } from '../src/doctor/mend.ts'
import { MhvError } from '../src/errors.ts'
import type { Repository } from '../src/git/repository.ts'
import { canAsk } from '../src/terminal/asking/agree.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { progressBar } from '../src/terminal/output/progress.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../src/terminal/places/federation-flags.ts'
import { printDiagnosis } from '../src/terminal/print-diagnosis.ts'

/** Mending one thing can bring another to light: a log that is back has files to look at. */
const ROUNDS = 3

export default class Doctor extends MhvCommand {
  static override summary = 'Check this repository’s tasks, and mend what can be mended.'
  static override description =
    'Looks at every task’s file against its events, at numbers, dependencies, the index, refspecs and leftovers.\n\nEnds with 1 when something is wrong. --fix mends what can be mended without losing anything; what needs a decision is named with the command for it.\n\n--all, --repo, --tag and --role look at the health of what repositories depend on: references that lead nowhere, cycles, tasks that five or more wait for, and files, scripts, commands, gates and tasks that documents and configuration name and that are not there. Ends with 1 when something critical is found.'
  static override examples = [
    'mhv doctor',
    'mhv doctor --fix',
    'mhv doctor --json',
    'mhv doctor --remote',
    'mhv doctor --all --critical-only',
  ]
  static override flags = {
    fix: Flags.boolean({ description: 'mend what can be mended without loss' }),
    remote: Flags.boolean({
      description:
        'ask the remotes too; with --fix also try whether they take the refs that tasks are kept in, with one that is taken away again',
    }),
    deep: Flags.boolean({
      description:
        'compare every older version of the files, not only the newest (5,000, and 500 of one file)',
    }),
    'critical-only': Flags.boolean({ description: 'over several repositories: tell only what is critical' }),
    ...federationFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor)
    if (asksForSeveral(flags)) {
      const isOwn = flags.fix || flags.deep || flags.remote
      if (!isOwn) return this.health(flags, flags['critical-only'], flags.json)
      throw new MhvError(
        'USAGE',
        '--fix, --deep and --remote are for one repository: mhv -C DIRECTORY doctor --fix.',
      )
    }
    const { repository, store } = await this.workplace()
    const asked = flags.remote ? await this.askRemotes(repository, flags.fix) : []
    const look = async (): Promise<Diagnosis> => {
      const { findings, checked } = await diagnose(repository, flags.deep, progressBar('Checking tasks'))
      const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1)
      const waiting = await elsewhereFindings(store)
      return { findings: [...findings, ...asked, ...waiting].sort((a, b) => rank(a) - rank(b)), checked }
    }
    const environment = () => this.environment(store)
    const mended: Finding[] = []
    let diagnosis = await look()
    for (let round = 0; flags.fix && round < ROUNDS; round++) {
      const curable = diagnosis.findings.filter((finding) => finding.mend)
      if (curable.length === 0) break
      await mendFindings({ repository, store, environment }, curable)
      mended.push(...curable)
      diagnosis = await look()
    }
    const ok = printDiagnosis(diagnosis, mended, flags.json)
    if (!ok) process.exitCode = 1
  }

  private async askRemotes(repository: Repository, tries: boolean): Promise<Finding[]> {
    const { remotesFindings } = await import('../src/doctor/check-remotes.ts')
    return remotesFindings(repository, tries, { prompts: canAsk() })
  }

  /** Looks at what several repositories depend on. */
  private async health(flags: FederationFlags, criticalOnly: boolean, json: boolean): Promise<void> {
    const [{ checkHealth }, { federationViews }, { isCommand }, { printHealth }] = await Promise.all([
      import('../src/health/check-health.ts'),
      import('../src/terminal/graph/graph-views.ts'),
      import('../src/terminal/is-command.ts'),
      import('../src/terminal/print-health.ts'),
    ])
    const { views, chosen, federation, failure } = await federationViews(flags)
    const health = await checkHealth(views, chosen, federation?.faults ?? [], isCommand)
    // Whoever sees nothing finds nothing, and is not to be taken for healthy.
    if (failure && health.findings.every(({ severity }) => severity !== 'critical')) throw failure
    if (!printHealth(health, chosen.size, criticalOnly, json)) process.exitCode = 1
  }
}
