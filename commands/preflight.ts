import { stepElsewhere } from '../src/federation/in-place.ts'
import { preflight } from '../src/preflight/preflight.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { KNOWN } from '../src/terminal/config-files.ts'
import { preflightJson, preflightRefusal, printPreflight } from '../src/terminal/gating/print-preflight.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationFlags,
} from '../src/terminal/places/federation-flags.ts'

export default class Preflight extends MhvCommand {
  static override summary = 'Check what has to be true before work is saved.'
  static override description =
    'Looks at git and your identity, at what can be written and how much is free, at the task log, the configuration, the commands of the gates and the hooks. Changes nothing. Ends with 1 when something is critical.'
  static override examples = ['mhv preflight', 'mhv preflight --json', 'mhv preflight --all']

  static override flags = federationFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(Preflight)
    if (asksForSeveral(flags)) return this.each(flags)
    const { repository } = await this.workplace()
    const checks = await preflight(repository, KNOWN)
    const refusal = preflightRefusal(checks)
    if (flags.json) {
      this.printJson(preflightJson(checks))
      if (refusal) process.exitCode = refusal.exit
      return
    }
    await printPreflight(checks)
    if (refusal) throw refusal
  }

  /** Those of several repositories; what is known by its URL only has nothing to be saved in. */
  private async each(flags: FederationFlags & { json: boolean }): Promise<void> {
    const { checkEach } = await import('../src/terminal/places/in-each.ts')
    process.exitCode = await checkEach(flags, flags.json ? (document) => this.printJson(document) : null, {
      check: async ({ repository, elsewhere }) =>
        (await preflight(repository, KNOWN)).map((check) => ({
          ...check,
          recovery: check.recovery.map((step) => stepElsewhere(step, elsewhere!)),
        })),
      documentOf: preflightJson,
      print: printPreflight,
      refusalOf: preflightRefusal,
    })
  }
}
