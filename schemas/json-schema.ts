import * as z from 'zod'
import { config } from './config.ts'
import { EVENT_DATA, type EventKind, envelope } from './event.ts'
import { reposFileWhole } from './repos.ts'

/** JSON Schema (2020-12) of an event as stored, one alternative a kind. */
export function eventJsonSchema(): object {
  const kinds = Object.keys(EVENT_DATA) as EventKind[]
  const ofKind = (kind: EventKind) => envelope.extend({ kind: z.literal(kind), data: EVENT_DATA[kind] })
  return z.toJSONSchema(z.union(kinds.map(ofKind)), { io: 'input' })
}

/** JSON Schema (2020-12) of a configuration file as its author writes it, for editors. */
export const configJsonSchema = (): object => z.toJSONSchema(config, { io: 'input' })

/** JSON Schema (2020-12) of a file that lists repositories as its author writes it, for editors. */
export const reposJsonSchema = (): object => z.toJSONSchema(reposFileWhole, { io: 'input' })
