import { relative } from 'node:path'
import { type EffectiveValue, effectiveValues } from '../../src/config/effective-values.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { MhvError, shellWord } from '../../src/errors.ts'
import { findRepository } from '../../src/git/repository.ts'
import { printable } from '../../src/printable.ts'
import { nearestWord } from '../../src/query/nearest-word.ts'
import { MhvCommand } from '../../src/terminal/base-command.ts'
import { Args } from '../../src/terminal/oclif.ts'
import { renderTable } from '../../src/terminal/table.ts'

/** Whether a value is the one asked for, or within it. */
const isWithin = (key: string, asked: string) =>
  key === asked || key.startsWith(`${asked}.`) || key.startsWith(`${asked}[`)

const shown = (value: unknown) =>
  value === undefined ? '' : printable(typeof value === 'string' ? value : JSON.stringify(value), 4000)

export default class ConfigShow extends MhvCommand {
  static override summary = 'Show every value that holds, and where it comes from.'
  static override description =
    'The repository’s file (.mhvrc.yaml, mhv.config.js, "mhv" in package.json …) counts before your own (config.yaml in ~/.config/mhv), and that before the defaults. In a linked worktree the file that is checked out there counts.'
  static override examples = ['mhv config show', 'mhv config show worktrees', 'mhv config show --json']
  static override args = {
    key: Args.string({ description: 'only this key, or what is below it, such as gating.jobs' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigShow)
    const { workTree } = await findRepository(process.cwd())
    const loaded = await loadConfig(workTree)
    const all = effectiveValues(loaded)
    const asked = args.key
    const values = asked === undefined ? all : all.filter(({ key }) => isWithin(key, asked))
    if (asked !== undefined && values.length === 0) throw unknownKey(asked, all)
    const sources = loaded.sources.map(({ origin, path }) => ({ origin, path }))
    if (flags.json) return this.printJson({ values, sources })
    if (sources.length === 0) process.stderr.write('Nothing is configured; these are the defaults.\n')
    const from = ({ origin, path }: EffectiveValue) =>
      path === null ? 'default' : origin === 'user' || !workTree ? path : relative(workTree, path)
    const columns = [{ title: 'KEY' }, { title: 'VALUE', least: [24, 16, 8] }, { title: 'FROM' }]
    const rows = values.map((value) => [value.key, shown(value.value), from(value)])
    this.print(await renderTable(columns, rows, process.stdout.isTTY ? process.stdout.columns || 80 : null))
  }
}

/** @param values all that there are, with which the sections around them can be asked for too */
function unknownKey(key: string, values: readonly EffectiveValue[]): MhvError {
  const sections = values.flatMap((value) => {
    const steps = value.key.split('.')
    return steps.map((_, i) => steps.slice(0, i + 1).join('.'))
  })
  const meant = nearestWord(key, [...new Set(sections)])
  const said = `Nothing is called ${JSON.stringify(key)} in the configuration`
  return new MhvError('INVALID_INPUT', `${said}${meant ? `; did you mean ${meant}?` : '.'}`, {
    recovery: [`mhv config show${meant ? ` ${shellWord(meant)}` : ''}`],
    data: { field: 'key', value: key },
  })
}
