import { preflight } from '../src/preflight/preflight.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { preflightJson, preflightRefusal, printPreflight } from '../src/terminal/print-preflight.ts'

export default class Preflight extends MhvCommand {
  static override summary = 'Check what has to be true before work is saved.'
  static override description =
    'Looks at git and your identity, at what can be written and how much is free, at the task log, the configuration, the commands of the gates and the hooks. Changes nothing. Ends with 1 when something is critical.'
  static override examples = ['mhv preflight', 'mhv preflight --json']

  async run(): Promise<void> {
    const { flags } = await this.parse(Preflight)
    const { repository } = await this.workplace()
    const checks = await preflight(repository)
    const refusal = preflightRefusal(checks)
    if (flags.json) {
      this.printJson(preflightJson(checks))
      if (refusal) process.exitCode = refusal.exit
      return
    }
    await printPreflight(checks)
    if (refusal) throw refusal
  }
}
