import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDirectory } from '../make-directory.ts'
import type { Segment } from '../snapshot/segment.ts'
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { type IndexMeta, loadIndex, writeBase } from '../store/index-file.ts'

/** What was fetched from an address, and when. */
export interface CachedView {
  readonly snapshot: Snapshot
  readonly tip: string
  /** ISO 8601. */
  readonly fetchedAt: string
}

interface State {
  readonly url: string
  readonly tip: string
  readonly fetched_at: string
}

const stateFile = (directory: string) => join(directory, 'fetched.json')

function readState(directory: string): State | null {
  try {
    const { url, tip, fetched_at } = JSON.parse(readFileSync(stateFile(directory), 'utf8'))
    return Number.isNaN(Date.parse(fetched_at)) ? null : { url, tip, fetched_at }
  } catch {
    return null
  }
}

/** Reads everything once, by which every checksum is held against its bytes; afterwards nothing is read from the disk. */
function isWhole(snapshot: Snapshot): boolean {
  try {
    snapshot.willRead('all', snapshot.slots)
    for (let slot = 0; slot < snapshot.slots; slot++) {
      snapshot.head(slot)
      snapshot.json(slot)
    }
    return true
  } catch {
    return false
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Not even its directory is one.
  }
}

/**
 * What a directory holds of an address; null where that is nothing, something else, or damaged. The two files are
 * replaced one after the other, also by several processes: where they do not tell of the same tip, one was faster.
 */
export function readCachedView(directory: string, url: string): CachedView | null {
  const state = readState(directory)
  if (state?.url !== url) return null
  const index = loadIndex(directory)
  if (index?.tip !== state.tip) return null
  const snapshot = openSnapshot(index)
  return isWhole(snapshot) ? { snapshot, tip: state.tip, fetchedAt: state.fetched_at } : null
}

/** Keeps when a tip was last seen, and with it what it holds unless that is kept already. Never throws. */
export function writeCachedView(
  directory: string,
  { url, tip, fetchedAt }: { readonly url: string; readonly tip: string; readonly fetchedAt: string },
  content: { readonly meta: IndexMeta; readonly segment: Segment } | null,
): void {
  const temporary = `${stateFile(directory)}.${process.pid}.tmp`
  try {
    makeDirectory(directory)
    if (content) writeBase(directory, content.meta, content.segment)
    const state: State = { url, tip, fetched_at: fetchedAt }
    writeFileSync(temporary, `${JSON.stringify(state)}\n`)
    renameSync(temporary, stateFile(directory))
  } catch {
    // Where nothing can be kept, the next reading costs what this one did.
    discard(temporary)
  }
}
