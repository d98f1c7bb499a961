import { type Diagnosis, diagnose } from '../src/doctor/diagnose.ts'
import type { Finding } from '../src/doctor/finding.ts'
import { mendFindings } from '../src/doctor/mend.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { printDiagnosis } from '../src/terminal/print-diagnosis.ts'
import { progressBar } from '../src/terminal/progress.ts'

/** Mending one thing can bring another to light: a log that is back has files to look at. */
const ROUNDS = 3

export default class Doctor extends MhvCommand {
  static override summary = 'Check this repository’s tasks, and mend what can be mended.'
  static override description =
    'Looks at every task’s file against its events, at numbers, dependencies, the index, refspecs and leftovers.\n\nEnds with 1 when something is wrong. --fix mends what can be mended without losing anything; what needs a decision is named with the command for it.'
  static override examples = ['mhv doctor', 'mhv doctor --fix', 'mhv doctor --json']
  static override flags = {
    fix: Flags.boolean({ description: 'mend what can be mended without loss' }),
    deep: Flags.boolean({
      description:
        'compare every older version of the files, not only the newest (5,000, and 500 of one file)',
    }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor)
    const { repository, store } = await this.workplace()
    const look = (): Promise<Diagnosis> => diagnose(repository, flags.deep, progressBar('Checking tasks'))
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
}
