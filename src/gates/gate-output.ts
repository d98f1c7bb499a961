import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Runs whose output is kept. */
const KEPT = 20
/** Bytes of a gate's output that its log file takes: a gate that never stops talking may not fill the disk. */
const MOST_LOGGED = 50_000_000
/** Bytes of its end that are kept at hand. */
const MOST_HELD = 65_536

/** What a gate says while it runs. */
export interface GateOutput {
  add(piece: Buffer): void
  /** The end of what it said. */
  tail(): string
  close(): void
}

/** The name of a gate as that of a file: not every file system takes a colon. */
export const fileNameOf = (gate: string) => `${encodeURIComponent(gate)}.log`

/**
 * The directory for the output of one run, with old runs taken away; null where none can be made.
 * @param logs the directory of all runs
 * @param run its name, which no other has
 */
export function makeLogDirectory(logs: string, run: string): string | null {
  const directory = join(logs, run)
  try {
    mkdirSync(directory, { recursive: true })
    const age = (name: string) => statSync(join(logs, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
    const others = readdirSync(logs)
      .filter((name) => name !== run)
      .map((name) => ({ name, at: age(name) }))
      .sort((a, b) => b.at - a.at)
    for (const { name } of others.slice(KEPT - 1)) rmSync(join(logs, name), { recursive: true, force: true })
    return directory
  } catch {
    return null
  }
}

/** Keeps what a gate says, in its file of the directory, if there is one, and its end in memory. */
export function openOutput(directory: string | null, gate: string): GateOutput {
  let file: number | null = null
  try {
    file = directory ? openSync(join(directory, fileNameOf(gate)), 'w') : null
  } catch {
    // The log is a convenience; what it cannot take is no reason to stop a gate.
  }
  let logged = 0
  let held: Buffer[] = []
  let size = 0
  const log = (piece: Buffer) => {
    if (file === null || logged >= MOST_LOGGED) return
    try {
      logged += writeSync(file, piece)
      if (logged >= MOST_LOGGED) writeSync(file, '\n… and more, which is not kept.\n')
    } catch {
      logged = MOST_LOGGED
    }
  }
  return {
    add(piece) {
      log(piece)
      held.push(piece)
      size += piece.length
      if (size <= 2 * MOST_HELD) return
      held = [Buffer.concat(held).subarray(-MOST_HELD)]
      size = MOST_HELD
    },
    tail: () => Buffer.concat(held).subarray(-MOST_HELD).toString('utf8'),
    close() {
      if (file !== null) closeSync(file)
      file = null
    },
  }
}
