import { Command } from '@oclif/core/command'
import type { Config } from '@oclif/core/config'
import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import { MhvError } from '../errors.ts'
import { findRepository } from '../git/repository.ts'
import { namesTasks } from '../query/number-list.ts'
import { openGitStore } from '../store/git-store.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Environment } from '../tasks/seal.ts'
import { aside, heed, isQuiet, noteOutputFlags, type OutputFlags } from './output/output-mode.ts'
import { page } from './output/page.ts'
import { progressBar } from './output/progress.ts'
import { openWorkplace } from './places/open-workplace.ts'
import type { PlaceFlags } from './places/place-flags.ts'
import type { ElsewherePlace, Workplace } from './places/workplace.ts'

export type { Workplace } from './places/workplace.ts'

export interface MhvCommandClass {
  new (argv: string[], config: Config): MhvCommand
  id: string
}

/** What Node makes of bytes in a word that are no text. */
const REPLACED = '\ufffd'

/** More words than a command takes. */
export const unexpectedWord = (words: string, cause?: Error): MhvError =>
  new MhvError(
    'USAGE',
    `Unexpected argument: ${words}. A text of several words goes in quotes, several tasks, or values of a flag, in one list (3,7-9; --repo a,b).`,
    { cause },
  )

/** The words of a command line, in their order, as one text; oclif's own list of them mixes up those that are there twice. */
export const wordsOf = (raw: Interfaces.ParserOutput['raw']): string =>
  raw.flatMap((token) => (token.type === 'arg' ? [token.input] : [])).join(' ')

/** What every command shares: `--json`, the repository around the working directory, and who acts when. */
export abstract class MhvCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({ description: 'print one JSON document', helpGroup: 'GLOBAL' }),
    debug: Flags.boolean({ description: 'say where an error comes from, and why', helpGroup: 'GLOBAL' }),
    plain: Flags.boolean({ description: 'for screen readers and plain terminals', helpGroup: 'GLOBAL' }),
    quiet: Flags.boolean({ char: 'q', description: 'only the answer and errors', helpGroup: 'GLOBAL' }),
    verbose: Flags.boolean({ description: 'say what is done', helpGroup: 'GLOBAL' }),
    'no-pager': Flags.boolean({ description: 'never through a pager', helpGroup: 'GLOBAL' }),
  }

  // oclif's own start-up warns of deprecated options, for which it would load every command's definition.
  override async init(): Promise<void> {}

  /** Flags whose empty value means an empty text. */
  static readonly mayBeEmpty: readonly string[] = []

  /**
   * Refuses empty values: they come from variables that are not set, and would pass for a flag that was not given. Also
   * what Node could not read as text, of which it hands on a mark only.
   * Errors: INVALID_INPUT, USAGE; those of oclif's parser.
   */
  protected override async parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(options?: Interfaces.Input<F, B, A>, argv?: string[]): Promise<Interfaces.ParserOutput<F, B, A>> {
    this.refuseSwitchValues(argv ?? this.argv)
    const parsed = await super.parse<F, B, A>(options, argv).catch((error: Error) => {
      const { args } = error as { args?: readonly unknown[] }
      if (!error.message.startsWith('Unexpected argument')) throw error
      throw unexpectedWord(args?.map(String).join(', ') ?? '', error)
    })
    noteOutputFlags(parsed.flags as OutputFlags)
    const { mayBeEmpty } = this.constructor as typeof MhvCommand
    for (const token of parsed.raw) {
      const field = token.type === 'flag' ? `--${token.flag}` : (token.arg ?? 'word')
      if (token.input.includes(REPLACED)) {
        throw new MhvError(
          'INVALID_INPUT',
          `The value of ${field} has U+FFFD in it: its bytes were no text in UTF-8.`,
          { recovery: ['mhv help'], data: { field } },
        )
      }
      if (token.input !== '') continue
      if (token.type === 'flag' && mayBeEmpty.includes(token.flag)) continue
      const said = token.type === 'flag' ? `The value of ${field}` : field.toUpperCase()
      throw new MhvError('INVALID_INPUT', `${said} is empty.`, {
        recovery: ['mhv help'],
        data: { field },
      })
    }
    return parsed
  }

  /** Refuses a value for a flag that takes none: the parser would take it for a word. Errors: USAGE. */
  private refuseSwitchValues(argv: readonly string[]): void {
    const end = argv.indexOf('--')
    const { flags, baseFlags } = this.ctor
    for (const word of end < 0 ? argv : argv.slice(0, end)) {
      const name = /^--([a-z][\w-]*)=/.exec(word)?.[1]
      const known = [name ?? '', (name ?? '').replace(/^no-/, '')].map(
        (one) => flags?.[one] ?? baseFlags?.[one],
      )
      if (!known.some((flag) => flag?.type === 'boolean')) continue
      throw new MhvError('USAGE', `${word.slice(0, word.indexOf('='))} takes no value: it is there or not.`)
    }
  }

  #elsewhere: ElsewherePlace | undefined

  // Errors are rendered in one place, by main.
  protected override async catch(error: Error): Promise<never> {
    if (!(error instanceof MhvError) || !this.#elsewhere) throw error
    const { asSeenFromElsewhere } = await import('../federation/in-place.ts')
    throw asSeenFromElsewhere(error, this.#elsewhere)
  }

  /**
   * The repository that the flags or the words ask for, else the one around the working directory.
   * @param words what may name tasks, of another repository too
   * Errors: NOT_A_REPOSITORY; USAGE for tasks of several; NO_FEDERATION, UNKNOWN_REPOSITORY, REPOSITORY_MISSING.
   */
  protected async workplace(
    flags: PlaceFlags = {},
    ...words: readonly (string | undefined)[]
  ): Promise<Workplace> {
    const named = words.filter((word) => word !== undefined).filter(namesTasks)
    if (flags.repo || named.some((word) => /[^,]#|\//.test(word))) {
      const { chooseWorkplace } = await import('./places/choose-workplace.ts')
      const chosen = await chooseWorkplace(flags, named)
      this.#elsewhere = chosen.elsewhere
      return chosen
    }
    const repository = await findRepository(process.cwd())
    const [onProgress, onWriting] = [progressBar('Reading tasks'), progressBar('Writing tasks')]
    return openWorkplace(repository, openGitStore(repository, { onProgress, onWriting }), { flags })
  }

  /** Time, ids and actor for a write. Errors: NO_IDENTITY. */
  protected async environment(store: TaskStore): Promise<Environment> {
    const [{ environmentFor }, identity] = await Promise.all([import('./environment.ts'), store.identity()])
    return environmentFor(identity)
  }

  protected print(text: string): void {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  }

  /** Prints what may be longer than a screen, as `page` does. */
  protected printLong(text: string): Promise<void> {
    return page(text.endsWith('\n') ? text : `${text}\n`)
  }

  /** Says what was done or what leads on, as `aside` does. */
  protected aside(text: string): void {
    aside(text)
  }

  /** Says what has to be known whoever asked, as `heed` does. */
  protected heed(text: string): void {
    heed(text)
  }

  /**
   * Says what was made or changed: in a quiet answer the names alone, a line each.
   * @param said a sentence for people
   */
  protected did(said: string, names: readonly string[]): void {
    for (const line of isQuiet() ? names : [said]) this.print(line)
  }

  protected printJson(document: object): void {
    process.stdout.write(`${JSON.stringify({ schema: 1, ...document })}\n`)
  }
}
