import { MhvError } from '../errors.ts'
import type { Problem } from '../snapshot/segment.ts'
import { FORMAT, formatOf, ROOT } from './task-store.ts'

const short = (tip: string) => tip.slice(0, 12)
const rewoundMessage = (seen: string) =>
  `the task log was moved back: ${short(seen)} was seen and is not in it`

/**
 * @param seen the tip that the log had when it was last seen, null if it never was
 * @param torn whether the ref's file is there and holds no object id
 */
export function absentLog(seen: string | null, torn = false): MhvError {
  if (torn) {
    const message =
      'The file of the task log’s ref is damaged, as a power cut may leave it; nothing was changed.'
    return new MhvError('LOG_REWOUND', message, { recovery: ['mhv doctor', 'mhv doctor --fix'] })
  }
  if (!seen) return new MhvError('NOT_INITIALISED', 'This repository has no task log yet.')
  return new MhvError('LOG_REWOUND', `The task log is gone; its last known tip was ${seen}.`, {
    recovery: ['mhv doctor --fix'],
    data: { last_seen: seen },
  })
}

/** What a write says of a log that lost commits. */
export function rewoundError(seen: string): MhvError {
  return new MhvError('LOG_REWOUND', `Nothing was written: ${rewoundMessage(seen)}.`, {
    recovery: ['mhv doctor --fix'],
    data: { last_seen: seen },
  })
}

/** What a reading says of a log that lost commits. */
export function rewoundProblem(ref: string, seen: string): Problem {
  return { path: ref, code: 'LOG_REWOUND', message: rewoundMessage(seen) }
}

/** Errors: NEWER_FORMAT for a log that this version may read but not write. */
export function requireWritable(format: number): void {
  if (format <= FORMAT) return
  throw new MhvError('NEWER_FORMAT', `The task log is of format ${format}; this version writes ${FORMAT}.`)
}

/**
 * The format that a log is of.
 * @param settings what mtos.yaml holds at the tip, null where there is no such file
 * Errors: NOT_A_LOG for a commit of something else than a task log.
 */
export function requireFormat(tip: string, settings: string | null): number {
  const format = settings === null ? null : formatOf(settings)
  if (format !== null) return format
  const why = settings === null ? `it has no ${ROOT.file}` : `its ${ROOT.file} names no format`
  throw new MhvError('NOT_A_LOG', `${short(tip)} is no task log: ${why}.`, { data: { tip } })
}

/** Errors: NEWER_FORMAT, and those of requireFormat. */
export function requireMergeable(tip: string, settings: Buffer | null | undefined): void {
  requireWritable(requireFormat(tip, settings?.toString('utf8') ?? null))
}
