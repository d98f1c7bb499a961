import { auditLog, type Brought } from '../src/audit/audit-log.ts'
import { openTrail } from '../src/audit/trail.ts'
import { MhvError } from '../src/errors.ts'
import type { Repository } from '../src/git/repository.ts'
import { storeDirectory } from '../src/store/git-store.ts'
import { readRemoteAlarms } from '../src/store/remote-marks.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { progressBar } from '../src/terminal/output/progress.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../src/terminal/places/federation-flags.ts'
import { namesOf } from '../src/terminal/places/workplace.ts'
import { auditJson, auditRefusal, printAudit } from '../src/terminal/print-audit.ts'
import { type TrailFormat, trailPrinter } from '../src/terminal/print-trail.ts'
import { readTrailFilter, trailFlags } from '../src/terminal/trail-flags.ts'

const wishesOf = (repository: Repository, requireSigned: boolean) => ({
  requireSigned,
  alarms: readRemoteAlarms(storeDirectory(repository)),
  onProgress: progressBar('Auditing commits'),
})

export default class Audit extends MhvCommand {
  static override summary = 'Check the whole history of the task log, and export it.'
  static override description =
    'Walks every commit: that the log begins where every log does, that events were only ever added, that each file is what its events make, that merges brought nothing of their own, that signatures hold, and that neither this clone nor a remote was moved back. Ends with 1 when something is wrong.\n\n--export writes every event with the commit that brought it, its author and signature, in the order of the history; what the audit found is then said on standard error. Cells of CSV that a spreadsheet would take for formulas get a quote in front.'
  static override examples = [
    'mhv audit',
    'mhv audit --require-signed --json',
    'mhv audit --export jsonl --actor ann --since -30d',
    'mhv audit --export csv --kind GateOverridden --output trail.csv',
  ]
  static override flags = {
    'require-signed': Flags.boolean({
      description: 'commits that people make have to be signed, with a known key, by who wrote them',
    }),
    ...trailFlags,
    ...federationFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Audit)
    const requireSigned = flags['require-signed'] ?? false
    if (asksForSeveral(flags)) return this.each(flags, requireSigned, flags.export !== undefined)
    const workplace = await this.workplace({}, flags.task)
    const { repository, store } = workplace
    const wishes = wishesOf(repository, requireSigned)
    if (!flags.export) {
      const audit = await auditLog(repository, wishes)
      if (!flags.json) printAudit(audit, process.stdout)
      const refusal = auditRefusal(audit)
      if (refusal) throw refusal
      if (flags.json) this.printJson(auditJson(audit))
      return
    }
    const view = await store.view()
    const me = flags.actor === 'me' ? (await store.identity()).email : ''
    const entriesOf = openTrail(view, store.name, readTrailFilter(flags, view, namesOf(workplace), me))
    const format = flags.export as TrailFormat
    const printer = await trailPrinter(format, flags.output ?? null, flags.force ?? false, flags.json)
    const onEvents = async (brought: Brought) => printer.print(entriesOf(brought))
    const audit = await auditLog(repository, { ...wishes, onEvents }).catch((error) => {
      printer.discard()
      throw error
    })
    await printer.end(auditJson(audit))
    if (!flags.json) printAudit(audit, process.stderr)
    const refusal = auditRefusal(audit)
    // With --json the answer is there already, and it is the only document.
    if (refusal && flags.json) process.exitCode = 1
    else if (refusal) throw refusal
  }

  /** The logs of several repositories. */
  private async each(
    flags: FederationFlags & { json: boolean },
    requireSigned: boolean,
    isExport: boolean,
  ): Promise<void> {
    if (isExport)
      throw new MhvError('USAGE', '--export writes the trail of one repository: mhv -C DIR audit --export …')
    const { eachJson, inEach, printEach } = await import('../src/terminal/places/in-each.ts')
    const outcomes = await inEach(flags, ({ repository }) =>
      auditLog(repository, wishesOf(repository, requireSigned)),
    )
    const isWrong = outcomes.some(({ value }) => value && auditRefusal(value))
    const unseen = flags.json ? 0 : await printEach(outcomes, (audit) => printAudit(audit, process.stdout))
    if (flags.json) this.printJson(eachJson(outcomes, auditJson))
    process.exitCode = isWrong || outcomes.some(({ error }) => error) ? Math.max(1, unseen) : 0
  }
}
