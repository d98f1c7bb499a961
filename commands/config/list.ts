import { relative } from 'node:path'
import { type EffectiveValue, effectiveValues } from '../../src/config/effective-values.ts'
import { REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from '../../src/config/has-config.ts'
import { type LoadedConfig, loadConfig } from '../../src/config/load-config.ts'
import { readSource } from '../../src/config/read-source.ts'
import { requireAliases } from '../../src/configuring/judge-content.ts'
import { printable } from '../../src/printable.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import {
  type ConfigFileFlags,
  chosenFile,
  configFileFlags,
  KNOWN,
  worktreeAround,
} from '../../src/terminal/config-files.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { note } from '../../src/terminal/output/output-mode.ts'
import { renderTable } from '../../src/terminal/output/table.ts'
import { shortFormsOf } from '../../src/terminal/short-forms.ts'

const shown = (value: unknown) =>
  value === undefined ? '' : printable(typeof value === 'string' ? value : JSON.stringify(value), 4000)

/** All that holds, or what one file says. */
async function loadedFor(flags: ConfigFileFlags, top: string | null): Promise<LoadedConfig> {
  if (!flags.user && !flags.repository) return loadConfig(top)
  const { origin } = chosenFile(flags, top)
  const source =
    origin === 'user'
      ? await readSource(userConfigDirectory(), USER_PLACES, origin)
      : await readSource(top!, REPOSITORY_PLACES, origin)
  const config = (source?.content ?? {}) as LoadedConfig['config']
  return { config, sources: source ? [source] : [], leftOut: null }
}

export default class ConfigList extends MhvCommand {
  static override aliases = shortFormsOf('config:list')
  static override summary = 'Show every value that holds, and where it comes from.'
  static override description =
    'The repository’s file (.mhvrc.yaml, mhv.config.js, "mhv" in package.json …) counts before your own (config.yaml in ~/.config/mhv), and that before the defaults. In a linked worktree the file that is checked out there counts. With --user or --repository only what that file says is shown. docs/config.md tells what each key means.'
  static override examples = [
    'mhv config list',
    'mhv config list worktrees',
    'mhv config list --user',
    'mhv config list --json',
  ]
  static override args = {
    key: Args.string({ description: 'only this key, or what is below it, such as gating.jobs' }),
  }
  static override flags = configFileFlags

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigList)
    const top = await worktreeAround(flags)
    const loaded = await loadedFor(flags, top)
    const isOne = flags.user || flags.repository
    if (!isOne && (args.key === undefined || args.key.startsWith('aliases'))) requireAliases(loaded, KNOWN)
    const values = await this.#asked(effectiveValues(loaded), args.key)
    const sources = loaded.sources.map(({ origin, path }) => ({ origin, path }))
    if (flags.json) return this.printJson({ values, sources })
    if (isOne && values.length === 0) {
      const { path } = chosenFile(flags, top)
      note(`${path} says nothing${args.key ? ` of ${args.key}` : ''}.\n`)
      return
    }
    if (sources.length === 0) note('Nothing is configured; these are the defaults.\n')
    const from = ({ origin, path }: EffectiveValue) =>
      path === null ? 'default' : origin === 'user' || !top ? path : relative(top, path)
    const columns = [{ title: 'KEY', whole: true }, { title: 'VALUE', least: [24, 16, 8] }, { title: 'FROM' }]
    const rows = values.map((value) => [value.key, shown(value.value), from(value)])
    this.print(await renderTable(columns, rows, process.stdout.isTTY ? process.stdout.columns || 80 : null))
  }

  /** Errors: INVALID_INPUT for a key that there is not. */
  async #asked(all: readonly EffectiveValue[], key: string | undefined): Promise<EffectiveValue[]> {
    const named = all.filter((value) => value.key !== '')
    if (key === undefined) return named
    const [{ isWithin }, { readKey }] = await Promise.all([
      import('../../src/configuring/gather-value.ts'),
      import('../../src/configuring/key-path.ts'),
    ])
    readKey(key)
    return named.filter((value) => isWithin(value.key, key))
  }
}
