import { CLOSED_STATUSES } from '../../schemas/vocabulary.ts'
import { isFoldable, steps, type TaskLog } from '../tasks/fold.ts'
import { textLikeness } from './text-likeness.ts'

/** A time in which a task was blocked. Times are milliseconds since 1970. */
export interface BlockEpisode {
  /** The task's. */
  readonly key: string
  readonly reason: string
  readonly from: number
  /** null while it lasts. */
  readonly to: number | null
  /** What was said of its end: the reason given, or else the last comment before it. */
  readonly helped: string | null
}

const textOf = (data: unknown, field: string): string | null => {
  const value = (data as Record<string, unknown>)[field]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Every time in which a task was blocked, from its events, oldest first. */
export function blockEpisodes(key: string, log: TaskLog): BlockEpisode[] {
  if (!isFoldable(log.events)) return []
  const episodes: BlockEpisode[] = []
  let open = null as Pick<BlockEpisode, 'reason' | 'from'> | null
  let comment: string | null = null
  for (const { event, before, after } of steps(log)) {
    if (event.kind === 'CommentAdded') comment = textOf(event.data, 'text')
    if (before.status !== 'blocked' && after.status === 'blocked') {
      open = { reason: after.reason ?? '', from: Date.parse(event.at) }
      comment = null
    } else if (open && after.status === 'blocked' && after.reason) {
      // Another reason for the same wait: the latest is what it was about.
      open = { ...open, reason: after.reason }
    } else if (open && after.status !== 'blocked') {
      // What was cancelled was not helped.
      const helped = CLOSED_STATUSES.includes(after.status) ? null : (textOf(event.data, 'reason') ?? comment)
      episodes.push({ key, ...open, to: Date.parse(event.at), helped })
      open = null
    }
  }
  return open ? [...episodes, { key, ...open, to: null, helped: null }] : episodes
}

/** Blocks whose reasons are worded alike. */
export interface ReasonGroup {
  /** The reason that is most like all the others. */
  readonly reason: string
  readonly episodes: readonly BlockEpisode[]
}

/** Reasons are short: with this much in common they say the same. */
const SAME_REASON = 0.4

/** Groups by wording, the largest first. */
export function groupReasons(episodes: readonly BlockEpisode[]): ReasonGroup[] {
  const sorted = [...episodes].sort((a, b) => a.from - b.from || (a.key < b.key ? -1 : 1))
  const likeness = textLikeness(sorted.map(({ reason }) => reason))
  const all = sorted.map((_, place) => place)
  const groups: number[][] = []
  for (const place of all) {
    const like = likeness.to(place, all)
    const isSame = (other: number) =>
      like[other]! >= SAME_REASON || sorted[other]!.reason === sorted[place]!.reason
    const group = groups.find((members) => members.some(isSame))
    if (group) group.push(place)
    else groups.push([place])
  }
  const closeness = (place: number, members: readonly number[]) =>
    likeness.to(place, members).reduce((sum, value) => sum + value, 0)
  return groups
    .map((members) => {
      const close = members.map((place) => closeness(place, members))
      const centre = members[close.indexOf(Math.max(...close))]!
      return { reason: sorted[centre]!.reason, episodes: members.map((place) => sorted[place]!) }
    })
    .sort((a, b) => b.episodes.length - a.episodes.length || (a.reason < b.reason ? -1 : 1))
}
