import { verifyGates } from '../../src/gating/verify-gates.ts'
import { untilInterrupted } from '../../src/process/interruption.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { now } from '../../src/terminal/clock.ts'
import { gateProgress } from '../../src/terminal/gate-progress.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'
import { printGates } from '../../src/terminal/print-gates.ts'
import {
  printVerification,
  verificationJson,
  verificationRefusal,
} from '../../src/terminal/print-verification.ts'

export default class GateVerify extends MhvCommand {
  static override summary = 'Find commits and completions without passed gates.'
  static override description =
    'Compares the commits of a range, and completed tasks whose work is among them, with the log of gates. A commit is proven when every required gate for ci and pre-push has passed on its files, or when a proven commit follows it. Ends with 3 when something is not proven.'
  static override examples = [
    'mhv gate verify',
    'mhv gate verify origin/main..HEAD --ci',
    'mhv gate verify v1.2.0..main --rerun',
    'mhv gate verify HEAD --json',
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
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GateVerify)
    const { repository, store } = await this.workplace()
    const progress = flags.ci ? null : gateProgress()
    const found = await untilInterrupted((signal) =>
      verifyGates(repository, store, {
        range: args.range ?? null,
        rerun: flags.rerun,
        now: now(),
        environment: () => this.environment(store),
        signal,
        ...(progress ? { onProgress: progress.onProgress } : {}),
      }).finally(() => progress?.end()),
    )
    if (!flags.json) {
      await printGates(found.reports, process.stdout)
      printVerification(found)
    }
    const refusal = verificationRefusal(found)
    if (refusal) throw refusal
    if (flags.json) this.printJson(verificationJson(found))
  }
}
