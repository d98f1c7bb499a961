import { hearWhatIsDone } from '../../say-what-is-done.ts'
import { hearWhatIsWaitedFor } from '../../say-what-is-waited-for.ts'
import { saysYes } from './says-yes.ts'

/**
 * Whether what is shown is read out or goes to a terminal that only prints: no drawing, no colour, no line that is written
 * over. In the environment, so that what a command starts answers in the same form.
 */
export const isPlain = (): boolean => saysYes(process.env.MHV_PLAIN)

/** Whether lines that were written stay as they are: in plain output, and where the terminal cannot go back. */
export const isLineByLine = (): boolean => isPlain() || process.env.TERM === 'dumb'

/** Whether only the answer and errors are wanted. */
export const isQuiet = (): boolean => saysYes(process.env.MHV_QUIET)

export interface OutputFlags {
  readonly plain?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly 'no-pager'?: boolean
}

/** The words of these flags, which may stand in front of a command too. */
export const GLOBAL_WORDS: readonly string[] = ['--plain', '--quiet', '-q', '--verbose', '--no-pager']

/** Notes what the flags of a command say about its output, and tells from then on what is waited for. */
export function noteOutputFlags(flags: OutputFlags): void {
  if (flags.plain) process.env.MHV_PLAIN = '1'
  if (flags.quiet) process.env.MHV_QUIET = '1'
  if (flags.verbose) process.env.MHV_VERBOSE = '1'
  if (saysYes(process.env.MHV_VERBOSE)) hearWhatIsDone((line) => process.stderr.write(`mhv: ${line}\n`))
  if (flags['no-pager']) process.env.MHV_PAGER = 'cat'
  hearWhatIsWaitedFor((line) => {
    if (!isQuiet()) process.stderr.write(`${line}\n`)
  })
}

/**
 * Notes what the environment says and, of words that no command has parsed yet, whether output is to be plain and is never
 * to be paged: what is drawn with is made when a command is loaded, and help parses nothing.
 */
export function noteOutputWords(argv: readonly string[]): void {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  noteOutputFlags({ plain: words.includes('--plain'), 'no-pager': words.includes('--no-pager') })
}

const asLine = (text: string) => (text.endsWith('\n') ? text : `${text}\n`)

/**
 * Says on standard output, in words for people, what was done or what leads on from it. A quiet answer goes without it: it is
 * what a script takes, or nothing.
 */
export function aside(text: string): void {
  if (!isQuiet()) process.stdout.write(asLine(text))
}

/** Lines of an answer that say something about it, such as what is not shown: a quiet one goes without them. */
export const spoken = (...lines: readonly string[]): readonly string[] => (isQuiet() ? [] : lines)

/** Says beside an answer what has to be known whoever asked: what was left alone, or has to be done by hand. */
export function heed(text: string): void {
  const stream = isQuiet() ? process.stderr : process.stdout
  stream.write(asLine(text))
}

/** Says something beside the answer, which goes without it. What an answer lacks, and errors, are never said by this. */
export function note(text: string | Uint8Array): void {
  if (!isQuiet()) process.stderr.write(text)
}
