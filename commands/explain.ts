import { ERRORS } from '../src/error-table.ts'
import { type ErrorName, MhvError } from '../src/errors.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { nearest } from '../src/terminal/failing/suggest.ts'
import { Args } from '../src/terminal/oclif.ts'
import { renderTable } from '../src/terminal/output/table.ts'
import { wrapped } from '../src/terminal/output/wrapped.ts'

/** A code farther away than this was not meant. */
const FARTHEST = 3

const NAMES = Object.keys(ERRORS) as ErrorName[]

export default class Explain extends MhvCommand {
  static override summary = 'Explain an error by its code or name.'
  static override description =
    'Says what the error means, why it usually happens, what it left unchanged, with which code the program ends, and what helps. Without a code or name it lists all errors.'
  static override examples = [
    'mhv explain WORKTREE_EXISTS',
    'mhv explain MHV-023',
    'mhv explain 23',
    'mhv explain',
  ]
  static override args = { code: Args.string({ description: 'MHV-0NN, its number alone, or a name' }) }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain)
    if (args.code === undefined) return this.list(flags.json)
    const asked = args.code.toUpperCase()
    const number = codeOf(asked)
    const name = NAMES.find((name) => name === asked || ERRORS[name].code === number)
    if (!name) throw await unknownError(args.code)
    const { ERROR_PAGES } = await import('../src/error-pages/error-pages.ts')
    const { code, exit, title, recovery } = ERRORS[name]
    const { why, kept, see, helps } = ERROR_PAGES[name]
    if (flags.json)
      return this.printJson({ code, name, exit, title, why, kept, recovery: helps ?? recovery, see })
    const page = [
      `${code} ${name} (exit ${exit})`,
      ...[title, why, kept].map((text) => wrapped(text, '  ')),
      `  What helps:\n${(helps ?? recovery).map((step) => `    ${step}`).join('\n')}`,
      ...(helps ? [wrapped('Words in capitals stand for what the error names.', '  ')] : []),
      wrapped(`See also: ${see.join(', ')}`, '  '),
    ]
    this.print(page.join('\n\n'))
  }

  private async list(json: boolean): Promise<void> {
    if (json) return this.printJson({ errors: NAMES.map((name) => ({ name, ...ERRORS[name] })) })
    const rows = NAMES.map((name) => [ERRORS[name].code, name, String(ERRORS[name].exit), ERRORS[name].title])
    const columns = [
      { title: 'CODE' },
      { title: 'NAME' },
      { title: 'EXIT', right: true },
      { title: 'MEANING', least: [10] },
    ]
    await this.printLong(
      await renderTable(columns, rows, process.stdout.isTTY ? process.stdout.columns : null),
    )
  }
}

/** The code that a word is, as far as it is one: `8`, `mhv-8` and `MHV-008` are the same. */
function codeOf(word: string): string | null {
  const number = /^(?:MHV[-_ ]?)?(\d{1,9})$/.exec(word)?.[1]
  return number === undefined ? null : `MHV-${String(Number(number)).padStart(3, '0')}`
}

const numberIn = (code: string) => Number(code.slice('MHV-'.length))

/** The code that is nearest to a number; null for one that is beyond them all. */
function nearestCode(code: string): string | null {
  const away = (name: ErrorName) => Math.abs(numberIn(ERRORS[name].code) - numberIn(code))
  const nearest = [...NAMES].sort((a, b) => away(a) - away(b))[0]!
  return away(nearest) <= FARTHEST ? ERRORS[nearest].code : null
}

async function unknownError(asked: string): Promise<MhvError> {
  const code = codeOf(asked.toUpperCase())
  const meant = code ? nearestCode(code) : await nearest(asked.toUpperCase(), NAMES)
  const said = `No error is called “${asked}”${meant ? `; did you mean ${meant}?` : '. One is called WORKTREE_EXISTS, or MHV-023.'}`
  return new MhvError('UNKNOWN_CODE', said, {
    recovery: [`mhv explain${meant ? ` ${meant}` : ''}`],
    data: { field: 'code', value: asked, ...(meant ? { meant } : {}) },
  })
}
