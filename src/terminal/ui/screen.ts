import { PassThrough } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { guardTerminal } from './guard-terminal.ts'
import { heardIn, type Mouse } from './mouse.ts'
import { type Input, inputsIn, pastedText } from './paste.ts'

/** The terminal's own modes (DEC private modes), as one turns them on and off. */
const on = (...modes: readonly number[]) => modes.map((mode) => `\u001b[?${mode}h`).join('')
const off = (...modes: readonly number[]) => modes.map((mode) => `\u001b[?${mode}l`).join('')
const ALTERNATE_SCREEN = 1049
const CURSOR = 25
const BRACKETED_PASTE = 2004
/** Buttons, dragging, and reports in decimal. */
const MOUSE = [1000, 1002, 1006]
const PLAIN_TEXT = '\u001b[0m'
const CLEAR = '\u001b[H\u001b[2J'

const SUSPEND = '\u001a'
/** What most terminals send for the key with the arrow to the left, which Ink takes for Delete. */
const BACKSPACE = '\u007f'
/**
 * Milliseconds for which the rest of a code is waited for: Escape alone is a key, and a code may be torn where a reading
 * ends. What a terminal writes at once comes at once, over a slow link too.
 */
const PATIENCE = 12

/** The keys as Ink reads them: a stream that it takes for a terminal, while the terminal itself stays ours. */
export type InkInput = NodeJS.ReadStream & { push(text: string): boolean }

export function inkInput(): InkInput {
  const stream = new PassThrough({ encoding: 'utf8' })
  const itself = () => stream
  return Object.assign(stream, { isTTY: true, setRawMode: itself, ref: itself, unref: itself }) as never
}

export interface Heard {
  readonly onKeys: (text: string) => void
  /** What was pasted, as part of a line. */
  readonly onPaste: (text: string) => void
  readonly onMouse: (mouse: Mouse) => void
  readonly onSuspend: () => void
  readonly onEnd: () => void
}

/** The terminal while the full-screen view has it. Each of both may be called again and changes nothing then. */
export interface Screen {
  /** Takes the terminal: raw keys, an empty screen of its own, the mouse. */
  readonly take: () => void
  /** Gives it back as it was. */
  readonly giveBack: () => void
}

export function terminalScreen(hasMouse: boolean, heard: Heard): Screen {
  const { onKeys, onPaste, onMouse, onSuspend, onEnd } = heard
  const { stdin, stdout, stderr } = process
  const say = stderr.write
  const mouseOff = hasMouse ? off(...[...MOUSE].reverse()) : ''
  const back = `${mouseOff}${off(BRACKETED_PASTE)}${PLAIN_TEXT}${on(CURSOR)}${off(ALTERNATE_SCREEN)}`
  const guard = guardTerminal(back)
  let isTaken = false
  let held = ''
  let rest = ''
  let timer: NodeJS.Timeout | undefined
  const keys = (text: string) => {
    const [before, ...after] = text.split(SUSPEND)
    if (before !== '') onKeys(before!.replaceAll(BACKSPACE, '\b'))
    if (after.length > 0) onSuspend()
  }
  const typed = (text: string) => {
    const heard = heardIn(text)
    rest = heard.rest
    if (heard.keys !== '') keys(heard.keys)
    for (const mouse of heard.mouse) onMouse(mouse)
    if (rest === '') return
    timer = setTimeout(() => {
      const alone = rest
      rest = ''
      onKeys(alone)
    }, PATIENCE)
  }
  let open: string | null = null
  let come = ''
  let queue: readonly Input[] = []
  let isWaiting = false
  /** One after another: Ink reads what was typed a moment later, and what is pasted after that has to wait for it. */
  const next = () => {
    isWaiting = false
    if (queue.length === 0) {
      const parted = inputsIn(rest + come, open)
      queue = parted.inputs
      open = parted.open
      rest = ''
      come = ''
    }
    const [first, ...others] = queue
    queue = others
    if (!first) return
    if (first.kind === 'typed') typed(first.text)
    else onPaste(pastedText(first.text))
    isWaiting = true
    setImmediate(next)
  }
  const hear = (piece: Buffer | string) => {
    clearTimeout(timer)
    come += piece.toString()
    if (!isWaiting) next()
  }
  return {
    take: () => {
      if (isTaken) return
      isTaken = true
      // What is said meanwhile, such as a warning of Node's, would stand in the midst of the picture.
      stderr.write = (text) => {
        held += text
        return true
      }
      stdin.setEncoding('utf8')
      stdin.setRawMode(true)
      stdin.on('data', hear)
      stdin.on('end', onEnd)
      stdin.resume()
      const mouse = hasMouse ? on(...MOUSE) : ''
      stdout.write(`${on(ALTERNATE_SCREEN)}${on(BRACKETED_PASTE)}${off(CURSOR)}${mouse}${CLEAR}`)
      guard.take()
    },
    giveBack: () => {
      if (!isTaken) return
      isTaken = false
      clearTimeout(timer)
      rest = ''
      open = null
      come = ''
      queue = []
      stdin.off('data', hear)
      stdin.off('end', onEnd)
      stdout.write(back)
      stdin.setRawMode(false)
      guard.free()
      stdin.pause()
      stderr.write = say
      // A line that is drawn over, such as a bar, has said what it had to.
      const lines = held.split('\n').filter((line) => line !== '' && !line.includes('\r'))
      if (lines.length > 0) stderr.write(`${lines.join('\n')}\n`)
      held = ''
    },
  }
}

/** Waits until Enter, or anything, was typed: what a command has said is read before the view comes back. */
export async function waitForEnter(): Promise<void> {
  process.stdout.write('\nPress Enter to go back to mhv ui. ')
  await new Promise<void>((resolve) => {
    process.stdin.once('data', () => resolve())
    process.stdin.resume()
  })
  process.stdin.pause()
}

/** Milliseconds after which a process that was to stop and runs has not been stopped. */
const STOPPED_BY = 100

/**
 * Stops this process as Ctrl+Z does, and comes back when it goes on. A process that no shell could wake up is not
 * stopped by the system, and goes on at once.
 */
export async function stopHere(): Promise<void> {
  const goesOn = new Promise<void>((resolve) => {
    process.once('SIGCONT', () => resolve())
  })
  // The whole group, as the terminal itself would: what started this process waits for it to stop.
  process.kill(0, 'SIGTSTP')
  await Promise.race([goesOn, pause(STOPPED_BY)])
}
