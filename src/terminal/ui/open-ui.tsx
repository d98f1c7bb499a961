import { type Instance, render } from 'ink'
import { diesAt } from '../../fault-point.ts'
import { readManifest } from '../palette/manifest.ts'
import type { PlacesAsked } from '../places/places-asked.ts'
import { App } from './app.tsx'
import { effects, sourceOf } from './effects.ts'
import { saidOfEnded } from './ended-while.ts'
import { opened } from './moves.ts'
import { type Painter, painter } from './painter.ts'
import { paletteBefore } from './palette.ts'
import { saidToo } from './said-too.ts'
import { type InkInput, inkInput, stopHere, terminalScreen } from './screen.ts'
import { newProblems } from './source-problems.ts'
import { initialState } from './state.ts'
import { createStore, type Store } from './store.ts'
import type { Theme } from './theme.ts'
import { warnOfRepos } from './warn-of-repos.ts'
import { watchTasks } from './watch-tasks.ts'

export interface UiRequest {
  /** The tasks as they are now. */
  readonly asked: PlacesAsked
  /** Reads them again. */
  readonly read: () => Promise<PlacesAsked>
  /** `list`, or the id of a view. */
  readonly view: string
  readonly theme: Theme
  /** What is amiss from the beginning, such as colours that are hard to read. */
  readonly warnings: readonly string[]
  readonly mouse: boolean
}

/** Signals that end the view, with their numbers. */
const ENDINGS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGQUIT: 3 } as const

/** The size that the terminal has. What was stopped has heard of no change, so it is looked up as if it had. */
function sizeNow() {
  process.emit('SIGWINCH', 'SIGWINCH')
  return { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }
}

/** The picture on the screen: drawn, and taken off again as a whole. */
function frame(store: Store, crash: (error: unknown) => void) {
  let shown: { readonly instance: Instance; readonly input: InkInput; readonly canvas: Painter } | null = null
  return {
    draw: () => {
      if (shown) return
      const input = inkInput()
      const canvas = painter(process.stdout, store.state().theme.colours)
      const instance = render(<App store={store} />, {
        stdout: canvas.stream,
        stdin: input,
        exitOnCtrlC: false,
        patchConsole: false,
        // Each picture as it is, and at once: where it goes is the painter's.
        debug: true,
      })
      instance.waitUntilExit().catch(crash)
      shown = { instance, input, canvas }
    },
    takeOff: () => {
      shown?.canvas.end()
      shown?.instance.unmount()
      shown = null
    },
    repaint: () => shown?.canvas.repaint(),
    keys: (text: string) => {
      if (diesAt('ui key')) throw new Error('This was asked for by MHV_FAULT.')
      shown?.input.push(text)
    },
  }
}

/**
 * Shows the full-screen view until it is left. However that comes about, the terminal is then as it was before; what
 * nobody foresaw is thrown after that.
 */
export function openUi({ asked, read, view, theme, warnings, mouse }: UiRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    let isAway = false
    let isOver = false
    let lastEnds: Promise<unknown> = Promise.resolve()
    const end = (settle: () => void) => {
      if (isOver) return
      isOver = true
      lastEnds = work.end()
      stopWatching()
      process.stdout.off('resize', resize)
      process.off('SIGTSTP', suspend)
      process.off('SIGCONT', goOn)
      process.off('uncaughtException', crash)
      process.off('unhandledRejection', crash)
      for (const signal of Object.keys(ENDINGS)) process.off(signal, ended)
      try {
        drawn.takeOff()
      } catch {
        // The error that ends the view may be one of drawing, which comes again here.
      }
      screen.giveBack()
      settle()
    }
    const crash = (error: unknown) => end(() => reject(error))
    const quit = () => end(resolve)
    const ended = (signal: keyof typeof ENDINGS) => {
      // What has the terminal meanwhile answers to Ctrl+C itself.
      if (isAway && signal === 'SIGINT') return
      const { running } = store.state()
      end(() => {
        if (running !== null) process.stderr.write(saidOfEnded(signal, running))
        // What ran has been asked to end, and needs a moment to end what it has started: nobody else kills it before that.
        for (const each of Object.keys(ENDINGS)) process.removeAllListeners(each)
        lastEnds.finally(() => process.exit(128 + ENDINGS[signal]))
      })
    }
    const away = async (during: () => Promise<void>) => {
      isAway = true
      drawn.takeOff()
      screen.giveBack()
      try {
        await during()
      } finally {
        isAway = false
        if (!isOver) {
          screen.take()
          store.send({ kind: 'resize', ...sizeNow() })
          drawn.draw()
        }
      }
    }
    const suspend = () => {
      process.off('SIGTSTP', suspend)
      const stopped = isAway ? stopHere() : away(stopHere)
      stopped.then(() => process.on('SIGTSTP', suspend)).catch(crash)
    }
    // Whoever was stopped from outside finds a terminal that others have set.
    const goOn = () => {
      if (!isAway) away(async () => {}).catch(crash)
    }
    const resize = () => {
      if (isAway) return
      store.send({ kind: 'resize', ...sizeNow() })
      drawn.repaint()
    }
    const work = effects({ read, away, redraw: resize, quit, crash })
    const commands = readManifest()
    const beginning = initialState({
      size: sizeNow(),
      theme,
      source: sourceOf(asked),
      commands,
      palette: paletteBefore(commands),
    })
    const problems = newProblems([], beginning.source.problems)
    const status = saidToo(null, [...warnings, ...problems])
    const first = opened(beginning, view)
    const store = createStore({ ...first.state, status }, work.perform)
    const drawn = frame(store, crash)
    const screen = terminalScreen(mouse, {
      onKeys: drawn.keys,
      onPaste: (text) => store.send({ kind: 'pasted', text }),
      onMouse: (event) => store.send({ kind: 'mouse', mouse: event }),
      onSuspend: suspend,
      onEnd: quit,
    })
    const directories = asked.places.flatMap(({ workplace }) => workplace?.repository.commonDir ?? [])
    const stopWatching = watchTasks([...new Set(directories)], () => work.perform({ kind: 'reload' }, store))
    process.stdout.on('resize', resize)
    process.on('SIGTSTP', suspend)
    process.on('SIGCONT', goOn)
    process.on('uncaughtException', crash)
    process.on('unhandledRejection', crash)
    for (const signal of Object.keys(ENDINGS)) process.on(signal, ended)
    try {
      screen.take()
      drawn.draw()
      for (const effect of first.effects) work.perform(effect, store)
      const [place] = asked.places
      warnOfRepos(place?.workplace?.repository ?? null, store).catch(crash)
    } catch (error) {
      crash(error)
    }
  })
}
