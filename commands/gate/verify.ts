import { type Verification, verifyGates } from '../../src/gating/verify-gates.ts'
import { untilInterrupted } from '../../src/process/interruption.ts'
import { MhvCommand, type Workplace } from '../../src/terminal/base-command.ts'
import { gateProgress } from '../../src/terminal/gating/gate-progress.ts'
import { printGates } from '../../src/terminal/gating/print-gates.ts'
import {
  printVerification,
  verificationJson,
  verificationRefusal,
} from '../../src/terminal/gating/print-verification.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { now } from '../../src/terminal/output/clock.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../../src/terminal/places/federation-flags.ts'

export default class GateVerify extends MhvCommand {
  static override summary = 'Find commits and completions without passed gates.'
  static override description =
    'Compares the commits of a range, and completed tasks whose work is among them, with the log of gates. A commit is proven when every required gate for ci and pre-push has passed on its files, or when a proven commit follows it. Ends with 3 when something is not proven.'
  static override examples = [
    'mhv gate verify',
    'mhv gate verify origin/main..HEAD --ci',
    'mhv gate verify v1.2.0..main --rerun',
    'mhv gate verify HEAD --json',
    'mhv gate verify --all',
  ]
  static override args = {
    range: Args.string({
      description:
        'A..B, or one revision alone; when left out, what HEAD has and its upstream has not, without an upstream what no branch of a remote has, and without these HEAD alone',
    }),
  }
  static override flags = {
    ci: Flags.boolean({ description: 'plain lines, nothing that moves' }),
    rerun: Flags.boolean({
      description: 'run what lacks a pass first, in temporary worktrees, and record it',
    }),
    ...federationFlags,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GateVerify)
    const range = args.range ?? null
    if (asksForSeveral(flags)) return this.each(range, flags)
    const found = await this.verify(await this.workplace(), range, flags)
    if (!flags.json) await show(found)
    const refusal = verificationRefusal(found)
    if (refusal) throw refusal
    if (flags.json) this.printJson(verificationJson(found))
  }

  private async verify(
    { repository, store }: Workplace,
    range: string | null,
    { ci, rerun }: VerifyFlags,
  ): Promise<Verification> {
    const progress = ci ? null : gateProgress()
    return untilInterrupted((signal) =>
      verifyGates(repository, store, {
        range,
        rerun,
        now: now(),
        environment: () => this.environment(store),
        signal,
        ...(progress ? { onProgress: progress.onProgress } : {}),
      }).finally(() => progress?.end()),
    )
  }

  /** Those of several repositories, the same range of each. */
  private async each(range: string | null, flags: VerifyFlags & FederationFlags): Promise<void> {
    const { checkEach } = await import('../../src/terminal/places/in-each.ts')
    process.exitCode = await checkEach(flags, flags.json ? (document) => this.printJson(document) : null, {
      check: (place) => this.verify(place, range, flags),
      documentOf: verificationJson,
      print: show,
      refusalOf: verificationRefusal,
    })
  }
}

interface VerifyFlags {
  readonly ci: boolean
  readonly rerun: boolean
  readonly json: boolean
}

async function show(found: Verification): Promise<void> {
  await printGates(found.reports, process.stdout)
  printVerification(found)
}
