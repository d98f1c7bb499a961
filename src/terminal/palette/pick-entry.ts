import {
  createPrompt,
  isEnterKey,
  isTabKey,
  type KeypressEvent,
  useEffect,
  useKeypress,
  useMemo,
  useRef,
  useState,
} from '@inquirer/core'
import { colourOf } from '../output/colour.ts'
import { isLineByLine } from '../output/output-mode.ts'
import { cutLine } from './cut-line.ts'
import { lineToSee } from './entry.ts'
import { terminalLines } from './lines.ts'
import { type ListKey, type ListState, listMove } from './list-move.ts'
import { PASTE, setPasteMode } from './paste-mode.ts'
import { pickInLines } from './pick-in-lines.ts'
import { atBeginning, type PickList, type PickOptions } from './pick-options.ts'
import { type Paints, renderEntries } from './render-entries.ts'

type InquirerReadline = Parameters<Parameters<typeof useKeypress>[0]>[1]

/** Lines beside the list: the text, the notes, the keys and one free. */
const OTHER_LINES = 4
const MOST_LINES = 20
const LEAST_LINES = 3
/** Milliseconds in which the rest of an arrow key has to follow its first byte; by itself that byte is Esc. */
const ESCAPE_WAIT = 100

const UNDERLINED = '\u001b[4m'
const NOT_UNDERLINED = '\u001b[24m'

/** Without colours, what was typed is underlined still. */
function paintsOf(): Paints {
  const colour = colourOf(process.stderr)
  return {
    active: (text) => colour?.bold(text) ?? text,
    typed: (text) => (colour ? colour.cyan.underline(text) : `${UNDERLINED}${text}${NOT_UNDERLINED}`),
    aside: (text) => colour?.gray(text) ?? text,
  }
}

function replaceLine(readline: InquirerReadline, text: string): void {
  readline.clearLine(0)
  readline.write(text)
}

const isUp = ({ name, ctrl }: KeypressEvent) => name === 'up' || (ctrl && name === 'p')
const isDown = ({ name, ctrl }: KeypressEvent) => name === 'down' || (ctrl && name === 'n')

/** How a key moves; null where it does not. */
function moveOf(key: KeypressEvent): ListKey | null {
  if (isUp(key)) return 'up'
  if (isDown(key)) return 'down'
  return key.name === 'pagedown' || key.name === 'pageup' ? key.name : null
}

/** The line after a key that was pasted: what is no character of it, as the end of a line, is a blank. */
function pastedInto(readline: InquirerReadline, typed: string, key: KeypressEvent): string {
  if (isEnterKey(key) || isTabKey(key)) replaceLine(readline, `${typed.trimEnd()} `)
  return readline.line
}

/** Lines of the list that there is room for. */
const linesFor = (notes: readonly string[]) =>
  Math.max(
    LEAST_LINES,
    Math.min(MOST_LINES, (process.stderr.rows || 24) - OTHER_LINES - (notes.length > 0 ? 1 : 0)),
  )

/** Leaves the terminal to the shell until the program is told to go on. readline alone would not read on then. */
function stop(onStop: (isStopped: boolean) => void): void {
  onStop(true)
  setPasteMode(false)
  process.stderr.write('\n')
  process.stdin.setRawMode(false)
  process.once('SIGCONT', () => {
    process.stdin.setRawMode(true)
    setPasteMode(true)
    onStop(false)
  })
  process.kill(process.pid, 'SIGTSTP')
}

interface TerminalEvents {
  readonly onResize: () => void
  readonly onStop: (isStopped: boolean) => void
  readonly onEnd: () => void
}

/** Sets a shorter wait than readline's for the rest of a key, and hears what the terminal says besides keys. */
function useTerminal({ onResize, onStop, onEnd }: TerminalEvents): void {
  useEffect((readline) => {
    Object.assign(readline, { escapeCodeTimeout: ESCAPE_WAIT })
    readline.on('close', onEnd)
    readline.on('SIGTSTP', () => stop(onStop))
    process.stderr.on('resize', onResize)
    return () => {
      process.stderr.off('resize', onResize)
    }
  }, [])
}

interface PromptOptions extends PickOptions<unknown> {
  /** Ends it without an entry, for an error where there is one. */
  readonly onEnd: (error?: unknown) => void
}

const prompt = createPrompt<unknown, PromptOptions>((options, done) => {
  const { message, keys, all, history = [], place = atBeginning(), onEnd } = options
  const [content, setContent] = useState<PickList<unknown>>(options)
  const [state, setState] = useState<ListState>(place.state)
  const [, setSize] = useState('')
  const paints = useMemo(paintsOf, [])
  place.state = state
  const { typed, active } = state
  const ranked = useMemo(() => content.list(typed), [content, typed])
  const latest = useRef(ranked)
  latest.current = ranked
  const lines = linesFor(content.notes)
  const [isStopped, setStopped] = useState(false)
  useTerminal({
    onResize: () => setSize(`${process.stderr.columns}×${process.stderr.rows}`),
    onStop: setStopped,
    onEnd: () => onEnd(),
  })
  useEffect(() => {
    // After what is drawn has gone out: reading on would keep it waiting.
    let isOver = false
    const show = (more: PickList<unknown>) => {
      if (!isOver) setContent(more)
    }
    const timer = setImmediate(() => void all?.().then(show, onEnd))
    return () => {
      isOver = true
      clearImmediate(timer)
    }
  }, [])
  useEffect((readline) => {
    if (typed !== '') readline.write(typed)
  }, [])
  const isPasting = useRef(false)
  useKeypress((key, readline) => {
    if (key.name === PASTE.start || key.name === PASTE.end) isPasting.current = key.name === PASTE.start
    else if (isPasting.current) {
      const line = pastedInto(readline, typed, key)
      if (line !== typed) setState({ typed: line, active: 0, back: -1 })
    } else if (isEnterKey(key)) {
      const entry = latest.current[active]?.entry
      const line = entry ? lineToSee(entry, typed) : typed
      if (entry && line === null) done(entry.chosen)
      else {
        // readline has emptied its line already.
        readline.write(line ?? typed)
        if (entry) setState({ typed: line ?? typed, active: 0, back: -1 })
      }
    } else if (key.name === 'escape') done(null)
    else if (isTabKey(key)) {
      const line = latest.current[active]?.entry.line ?? typed
      replaceLine(readline, line)
      setState({ typed: line, active: 0, back: -1 })
    } else {
      const move = moveOf(key)
      const next = move && listMove(move, state, latest.current.length, history, lines)
      if (next === null) {
        if (readline.line !== typed) setState({ typed: readline.line, active: 0, back: -1 })
      } else {
        if (next.typed !== typed) replaceLine(readline, next.typed)
        setState(next)
      }
    }
  })
  if (isStopped) return `${message} ${typed}`
  const columns = (process.stderr.columns || 80) - 1
  const list =
    ranked.length === 0
      ? [paints.aside('  Nothing fits.')]
      : renderEntries(ranked, Math.min(active, ranked.length - 1), { columns, lines }, paints)
  const notes = content.notes.length > 0 ? [paints.aside(cutLine(content.notes.join(', '), columns))] : []
  return [`${message} ${typed}`, [...list, ...notes, paints.aside(cutLine(keys, columns))].join('\n')]
})

async function pickWithKeys<T>(options: PickOptions<T>): Promise<T | null> {
  const ended = new AbortController()
  let failure: unknown
  const onEnd = (error?: unknown) => {
    failure ??= error
    ended.abort()
  }
  setPasteMode(true)
  try {
    const picked = await prompt(
      { ...options, onEnd },
      { output: process.stderr, clearPromptOnDone: true, signal: ended.signal },
    )
    return picked as T | null
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortPromptError') throw error
    if (failure !== undefined) throw failure
    return null
  } finally {
    setPasteMode(false)
  }
}

/**
 * Lets somebody choose from a list that narrows with what is typed, on standard error. Only where there is a terminal.
 * @returns what the entry stands for; null for Esc, an empty line where lines are asked for, and the end of input
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export const pickEntry = <T>(options: PickOptions<T>): Promise<T | null> =>
  isLineByLine() ? pickInLines(options, terminalLines) : pickWithKeys(options)
