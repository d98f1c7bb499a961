import { spawn, spawnSync } from 'node:child_process'

/** Who gives the terminal back where this process comes to an end that it cannot answer to, such as `kill -9`. */
export interface Guard {
  /** The terminal is ours from now on. */
  readonly take: () => void
  /** It is as it was. */
  readonly free: () => void
}

/**
 * What it reads ends with the process that writes it, however that comes about. A shell that sees its command killed sets
 * the terminal for its own next line, and is left alone with that: set back is only what nobody has set since. (bash sets
 * all of it; zsh and fish keep some of what a killed program has set, which only they could change.)
 */
const SCRIPT = `is_taken=
while read -r said; do
  case $said in
    take) is_taken=1 taken=$(stty -g <&3) ;;
    free) is_taken= ;;
  esac
done
[ "$is_taken" ] || exit 0
printf %s "$1"
sleep 0.2
if [ "$(stty -g <&3)" = "$taken" ]; then stty "$2" <&3; fi`

/**
 * Starts a guard of the terminal, which goes back to what it is now. Where there is no POSIX shell nobody guards it.
 * @param back codes that lead out of the picture
 */
export function guardTerminal(back: string): Guard {
  const { stdout: before } = spawnSync('stty', ['-g'], { stdio: [0, 'pipe', 'ignore'], encoding: 'utf8' })
  if (!before) return { take: () => {}, free: () => {} }
  const guard = spawn('sh', ['-c', SCRIPT, 'mhv', back, before.trim()], {
    // In a session of its own, which no signal of the terminal's reaches.
    detached: true,
    stdio: ['pipe', 'inherit', 'ignore', 0],
  })
  const { stdin } = guard
  // Nothing depends on it: without a guard the view is as it would be without one.
  guard.on('error', () => {})
  stdin!.on('error', () => {})
  guard.unref()
  return {
    take: () => stdin!.write('take\n'),
    free: () => stdin!.write('free\n'),
  }
}
