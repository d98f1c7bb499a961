import { setImmediate as nextTurn } from 'node:timers/promises'
import { runInTerminal } from '../../process/run-command.ts'
import { lastCommand } from '../../undo-last.ts'
import { keepLine, noteEnd } from '../palette/palette-history.ts'
import { type Palette, type PaletteContent, readPalette } from '../palette/read-palette.ts'
import { onlyReads } from '../palette/reading-commands.ts'
import { lineOf } from '../palette/typed-line.ts'
import type { PlacesAsked } from '../places/places-asked.ts'
import { notesOf, notesOfGates, saidOf } from './outcome.ts'
import { documentOf, failureOf, ownCommand, runOwn } from './run-own.ts'
import { waitForEnter } from './screen.ts'
import { sourceProblems } from './source-problems.ts'
import type { Effect, Lane } from './state.ts'
import type { Store } from './store.ts'
import { taskKey, taskSource } from './task-source.ts'
import { MOST_FOUND } from './view-documents.ts'
import { watchGates } from './watch-gates.ts'

/** What effects are done with. */
export interface Surroundings {
  /** Reads the tasks again. */
  readonly read: () => Promise<PlacesAsked>
  /** Lets something have the terminal, and draws the view again after it. */
  readonly away: (during: () => Promise<void>) => Promise<void>
  readonly redraw: () => void
  readonly quit: () => void
  /** What went wrong that nobody foresaw ends the view. */
  readonly crash: (error: unknown) => void
}

export const sourceOf = (asked: PlacesAsked) =>
  taskSource(asked.places, asked.isSeveral, asked.time, sourceProblems(asked))

type Of<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>

interface Watching {
  readonly signal: AbortSignal
  /** Whether what it prints there is shown as it comes. */
  readonly isShown: (from: 'out' | 'err') => boolean
}

/** Runs a command with what it prints and what becomes of its gates in view, and with all that these printed at the end. */
async function runWatched(argv: readonly string[], store: Store, { signal, isShown }: Watching) {
  const { onEvent, end } = watchGates((gates) => store.send({ kind: 'gates', gates }))
  const answer = await runOwn(argv, {
    signal,
    onPrinted: (text, from) => {
      if (isShown(from)) store.send({ kind: 'printed', text })
    },
    onGate: onEvent,
  })
  const read = await end()
  if (read.gates.length > 0) store.send({ kind: 'read', ...read })
  return { ...answer, gates: read.gates }
}

/** What takes back what was done, where that is as many of the commands as have ended well. */
const undoOf = ({ undo }: Of<'run'>, count: number) =>
  count === 0 ? {} : { undo: undo ? { ...undo, commands: undo.commands.slice(0, count).reverse() } : null }

/** A task in a document, as far as that tells it from others. */
interface NamedTask {
  readonly id: string
  readonly repository: string
}

async function runAll(effect: Of<'run'>, store: Store, signal: AbortSignal): Promise<void> {
  const { title, did, commands, lane, asked } = effect
  const documents: (Record<string, unknown> | null)[] = []
  const notes: string[] = []
  const { isSeveral } = store.state().source
  const done = () => saidOf(did, documents, isSeveral)
  for (const argv of commands) {
    // Behind `--` everything is a word.
    const at = argv.indexOf('--')
    const words = at < 0 ? [...argv, '--json'] : [...argv.slice(0, at), '--json', ...argv.slice(at)]
    // What is in view is what takes long.
    const answer =
      lane === 'beside'
        ? { ...(await runOwn(words, { signal })), gates: [] }
        : await runWatched(words, store, { signal, isShown: (from) => from === 'err' })
    const before = documents.length > 0 ? ` Before that: ${done()}` : ''
    if (answer.code !== 0) {
      const undo = undoOf(effect, documents.length)
      if (signal.aborted) {
        return store.send({ kind: 'cancelled', text: `Cancelled: ${title}.${before}`, ...undo })
      }
      const failure = failureOf(answer)
      const message = `${failure.message}${before}`
      return store.send({ kind: 'failed', lane, ...(asked ? { asked } : {}), ...failure, message, ...undo })
    }
    const document = documentOf(answer)
    documents.push(document)
    notes.push(...notesOfGates(answer.gates), ...notesOf(document, answer.err))
  }
  const undo = undoOf(effect, documents.length)
  const task = documents[0]?.task as NamedTask | undefined
  const made = effect.makes && task ? { made: taskKey(task.repository, task.id) } : {}
  store.send({ kind: 'ended', lane, text: done(), notes, shows: false, ...undo, ...made })
}

/** Whether a command line changes nothing, so that what was done before it stays the last thing done. */
const isReading = (argv: readonly string[]) =>
  [1, 2].some((length) => onlyReads(argv.slice(0, length).join(':')))

/** @returns the exit code */
async function show(argv: readonly string[], store: Store, signal: AbortSignal): Promise<number> {
  const answer = await runWatched(argv, store, { signal, isShown: () => true })
  const title = argv.join(' ')
  const text = `${title}: done`
  const undo = isReading(argv) ? {} : { undo: null }
  if (answer.code === 0) store.send({ kind: 'ended', lane: 'main', text, notes: [], shows: true, ...undo })
  else if (signal.aborted) store.send({ kind: 'cancelled', text: `Cancelled: ${title}.` })
  else store.send({ kind: 'failed', lane: 'main', ...failureOf(answer) })
  return answer.code
}

async function search({ words, argv, isAgain = false }: Of<'search'>, store: Store): Promise<void> {
  const answer = await runOwn(argv)
  const document = documentOf(answer) as { results?: { task: NamedTask }[] } | null
  if (answer.code !== 0 || !document?.results)
    return store.send({ kind: 'failed', lane: 'main', ...failureOf(answer) })
  const keys = document.results.map(({ task }) => taskKey(task.repository, task.id))
  store.send({
    kind: 'searched',
    words,
    keys: keys.slice(0, MOST_FOUND),
    isCut: keys.length > MOST_FOUND,
    isAgain,
  })
}

async function askUndoable(read: Surroundings['read'], store: Store): Promise<void> {
  const { places } = await read()
  const each = await Promise.all(
    places.map(
      ({ name, workplace }) => workplace && lastCommand(name, workplace.repository, workplace.store),
    ),
  )
  const last = each.filter((command) => command !== null)
  store.send({ kind: 'undoable', last: last.sort((a, b) => b.at - a.at) })
}

async function askView(id: string, argv: readonly string[], store: Store): Promise<void> {
  const answer = await runOwn([...argv, '--json'])
  const data = documentOf(answer)
  const isFault = answer.code !== 0 && (data === null || 'error' in data)
  store.send({
    kind: 'viewed',
    id,
    data: isFault ? null : data,
    fault: isFault ? failureOf(answer).message : null,
  })
}

/** The picture of now is drawn in the next turn: what is done in the one after it keeps nobody waiting for that. */
async function afterPicture(): Promise<void> {
  await nextTurn()
  await nextTurn()
}

async function warm(store: Store): Promise<void> {
  await afterPicture()
  store.state().source.warm()
}

/** What is read beside the view may fail, and the view goes on with what it has. */
const saysOf =
  (what: string, store: Store) =>
  (error: Error): void =>
    store.send({ kind: 'said', status: { kind: 'danger', text: `${what} failed: ${error.message}` } })

/** Does what a step asks for. One thing runs at a time, and a quick one beside it; the tasks are read once for any number of changes meanwhile. */
export function effects({ read, away, redraw, quit, crash }: Surroundings) {
  const runs: Record<Lane, AbortController | null> = { main: null, beside: null }
  const ends: Record<Lane, Promise<unknown>> = { main: Promise.resolve(), beside: Promise.resolve() }
  let reading: Promise<void> | null = null
  let isStale = false
  let palette: Promise<Palette> | null = null
  const reload = (store: Store): void => {
    isStale = true
    reading ??= (async () => {
      while (isStale) {
        isStale = false
        await read().then(
          (asked) => store.send({ kind: 'loaded', source: sourceOf(asked) }),
          saysOf('Reading the tasks', store),
        )
      }
      reading = null
    })()
    reading.catch(crash)
  }
  const running = (lane: Lane, work: (signal: AbortSignal) => Promise<void>) => {
    const controller = new AbortController()
    runs[lane] = controller
    ends[lane] = work(controller.signal)
      .finally(() => {
        if (runs[lane] === controller) runs[lane] = null
      })
      .catch(crash)
  }
  const terminal = ({ command }: Of<'terminal'>, store: Store) => {
    const isLine = typeof command === 'string'
    const work = async () => {
      const code = await runInTerminal(isLine ? command : ownCommand(command), process.cwd())
      if (isLine || code !== 0) await waitForEnter()
    }
    away(work)
      .then(() => reload(store))
      .catch(crash)
  }
  const readAgain = async (store: Store) => {
    await afterPicture()
    palette = readPalette(store.state().commands)
    const { history, all, ...first } = await palette
    const tell = ({ lists, notes, current }: PaletteContent) =>
      store.send({ kind: 'palette', palette: { lists, notes, current, history } })
    tell(first)
    await nextTurn()
    tell(await all())
  }
  const keep = async (line: string, store: Store) => {
    palette ??= readPalette(store.state().commands)
    keepLine({ line, where: (await palette).repository?.mainDirectory ?? '' })
  }
  const showKept = async (argv: readonly string[], store: Store, signal: AbortSignal) => {
    const code = await show(argv, store, signal)
    if (palette) noteEnd({ line: lineOf(argv), where: (await palette).repository?.mainDirectory ?? '' }, code)
  }
  const doing: { readonly [K in Effect['kind']]: (effect: Of<K>, store: Store) => void } = {
    run: (effect, store) => running(effect.lane, (signal) => runAll(effect, store, signal)),
    show: ({ argv }, store) => running('main', (signal) => showKept(argv, store, signal)),
    terminal,
    stop: () => runs.main?.abort(),
    warm: (_, store) => warm(store).catch(crash),
    search: (effect, store) => search(effect, store).catch(crash),
    undoable: (_, store) => askUndoable(read, store).catch(saysOf('Looking for the last command', store)),
    view: ({ id, argv }, store) => askView(id, argv, store).catch(crash),
    palette: (_, store) => readAgain(store).catch(saysOf('Reading for the palette', store)),
    keep: ({ line }, store) => keep(line, store).catch(saysOf('Keeping the line', store)),
    reload: (_, store) => reload(store),
    redraw,
    quit,
  }
  return {
    perform: (effect: Effect, store: Store): void => {
      doing[effect.kind](effect as never, store)
    },
    /** Ends what runs; answers once that has ended, with what it had started itself. */
    end: (): Promise<unknown> => {
      for (const lane of ['main', 'beside'] as const) runs[lane]?.abort()
      return Promise.all(Object.values(ends))
    },
  }
}
