import { effectiveValues } from '../../src/config/effective-values.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { requireAliases } from '../../src/configuring/judge-content.ts'
import { visible } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { KNOWN, worktreeAround } from '../../src/terminal/config-files.ts'
import { Args, Flags } from '../../src/terminal/oclif.ts'

export default class ConfigGet extends MhvCommand {
  static override summary = 'Print one value that holds, and nothing else.'
  static override description =
    'Text and numbers as they are, lists and sections as JSON on one line. Where the key has no value, not even a default, nothing is printed and the program ends with 1, as git config does.'
  static override examples = [
    'mhv config get gating.jobs',
    'mhv config get worktrees.path --show-origin',
    "mhv config get 'gates[0].command'",
    'mhv config get aliases --json',
  ]
  static override args = {
    key: Args.string({ required: true, description: 'key of a value, a list or a section' }),
  }
  static override flags = {
    'show-origin': Flags.boolean({ description: 'in front of it, and a tab, the file that says so' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigGet)
    const [{ gatherValue }, { readKey }] = await Promise.all([
      import('../../src/configuring/gather-value.ts'),
      import('../../src/configuring/key-path.ts'),
    ])
    const key = readKey(args.key)
    const loaded = await loadConfig(await worktreeAround({}, key))
    if (args.key.startsWith('aliases')) requireAliases(loaded, KNOWN)
    const values = effectiveValues(loaded)
    const { value, parts } = gatherValue(values, args.key)
    const isSet = value !== undefined
    if (!isSet) process.exitCode = 1
    const origins = [...new Set(parts.map(({ path }) => path ?? 'default'))]
    if (flags.json) return this.printJson({ key: args.key, value: value ?? null, is_set: isSet, origins })
    if (!isSet) return
    const text = visible(typeof value === 'string' ? value : JSON.stringify(value))
    this.print(flags['show-origin'] ? `${origins.map((path) => visible(path)).join(', ')}\t${text}` : text)
  }
}
