import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What this clone knows of a remote from the last time that it answered. */
export interface RemoteMark {
  /** Where it was, without a password: at another address it is another remote, whatever it is called. */
  readonly url: string
  /** The tip of its task log, after what was pushed; null while it has none. */
  readonly tip: string | null
  /** The ref that carries it there: of another one, the tip tells nothing. */
  readonly ref: string
  /** When it answered, ISO 8601. */
  readonly reachedAt: string
  /** Whether no two tasks shared a number at that tip: then nothing is to be settled until something changes. */
  readonly settled?: boolean
  /** The ref that it did not take when it was last asked to, and what it said. */
  readonly refused?: { readonly ref: string; readonly reason: string }
}

/** Something that a remote's log is not to do: it only grows. */
export interface RemoteAlarm {
  /** When it was noticed, ISO 8601. */
  readonly at: string
  readonly remote: string
  readonly url: string
  /** Its log went back to an earlier state, is gone, is another one, or went on without what tasks had held. */
  readonly what: 'rewound' | 'deleted' | 'replaced' | 'damaged'
  /** The tip that had been seen there; of a damaged log that was merged the one that was here. */
  readonly from: string
  /** The tip that is there now, null where there is none. */
  readonly to: string | null
  /** Of a damaged log the tasks that had lost something. */
  readonly tasks?: readonly string[]
}

const ALARMS = 'remote-alarms.jsonl'

/** A directory of ours for what is kept of one remote. @param directory see storeDirectory */
export const remoteDirectory = (directory: string, remote: string): string =>
  join(directory, 'remotes', encodeURIComponent(remote).replaceAll('.', '%2E'))

const isObjectId = (value: unknown) =>
  typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)

/** What was seen of a remote, or null where nothing was, or its mark is damaged: rewinds then go unnoticed. */
export function readRemoteMark(directory: string, remote: string): RemoteMark | null {
  try {
    const text = readFileSync(join(remoteDirectory(directory, remote), 'mark.json'), 'utf8')
    const mark = JSON.parse(text) as RemoteMark
    const isWhole =
      typeof mark.url === 'string' &&
      typeof mark.ref === 'string' &&
      (mark.tip === null || isObjectId(mark.tip)) &&
      !Number.isNaN(Date.parse(mark.reachedAt))
    return isWhole ? mark : null
  } catch {
    return null
  }
}

/** Remembers a remote. Quiet, as the mark of the log here is. */
export function writeRemoteMark(directory: string, remote: string, mark: RemoteMark): void {
  const place = remoteDirectory(directory, remote)
  const temporary = join(place, `mark.json.${process.pid}`)
  try {
    mkdirSync(place, { recursive: true })
    writeFileSync(temporary, `${JSON.stringify(mark)}\n`)
    renameSync(temporary, join(place, 'mark.json'))
  } catch {
    // See above.
  }
}

/** The alarms that remotes have raised in this clone, oldest first. What cannot be read of them is left out. */
export function readRemoteAlarms(directory: string): RemoteAlarm[] {
  let text: string
  try {
    text = readFileSync(join(directory, ALARMS), 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    try {
      const alarm = JSON.parse(line) as RemoteAlarm
      return isObjectId(alarm.from) && typeof alarm.remote === 'string' ? [alarm] : []
    } catch {
      return []
    }
  })
}

/** Whether an alarm is remembered, and nothing has put the remote right since. */
export function isKnownAlarm(directory: string, alarm: RemoteAlarm): boolean {
  const last = readRemoteAlarms(directory).findLast(({ remote }) => remote === alarm.remote)
  const mark = readRemoteMark(directory, alarm.remote)
  const isSame = last && last.what === alarm.what && last.from === alarm.from && last.to === alarm.to
  if (!isSame) return false
  const isPutRight = mark && !mark.refused && mark.reachedAt >= last.at
  return last.at === alarm.at || !isPutRight
}

/** Remembers an alarm, once for as long as the remote stays as it is: until a sync has put it right. Quiet. */
export function addRemoteAlarm(directory: string, alarm: RemoteAlarm): void {
  if (isKnownAlarm(directory, alarm)) return
  try {
    mkdirSync(directory, { recursive: true })
    appendFileSync(join(directory, ALARMS), `${JSON.stringify(alarm)}\n`)
  } catch {
    // See above.
  }
}
