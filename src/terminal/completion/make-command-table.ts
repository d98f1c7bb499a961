import type { CommandRow, CommandTable, FlagRow } from './command-table.ts'
import { argumentKind, fixedWords, flagKind, type ManifestInput } from './value-kinds.ts'

/** oclif's manifest, as far as completion asks. */
export interface Manifest {
  readonly commands: Readonly<
    Record<
      string,
      {
        readonly hidden?: boolean
        readonly strict?: boolean
        readonly summary?: string
        readonly flags: Readonly<Record<string, ManifestInput>>
        readonly args: Readonly<Record<string, ManifestInput>>
      }
    >
  >
}

const LONGEST = 72

/** The first clause of a description: what there is room for beside a word. */
export function firstClause(description: string): string {
  const clause = description.split(/[;:.](?:\s|$)|\s\(/)[0]!.trim()
  return clause.length <= LONGEST ? clause : `${clause.slice(0, LONGEST - 1).trimEnd()}…`
}

/** Makes the table of all commands; `readCommandTable` reads what the build writes of it. */
export function makeCommandTable(
  manifest: Manifest,
  topics: Readonly<Record<string, { readonly description: string }>>,
): CommandTable {
  const flags: FlagRow[] = []
  const places = new Map<string, number>()
  const placeOf = (row: FlagRow) => {
    const key = JSON.stringify(row)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, flags.length)
    return flags.push(row) - 1
  }
  const commands: Record<string, CommandRow> = {}
  const program = new Set<number>()
  for (const [id, command] of Object.entries(manifest.commands)) {
    if (command.hidden) continue
    const rows = Object.values(command.flags)
      .filter(({ hidden }) => !hidden)
      .flatMap((flag) => {
        const meaning = firstClause(flag.summary ?? flag.description ?? '')
        const row: FlagRow = [flag.name, flag.char ?? '', flag.multiple === true, meaning, flagKind(id, flag)]
        if (flag.helpGroup === 'GLOBAL') program.add(placeOf(row))
        return flag.allowNo ? [row, [`no-${flag.name}`, '', false, '', null] as const] : [row]
      })
    commands[id] = {
      meaning: firstClause(command.summary ?? ''),
      flags: rows.map(placeOf),
      args: Object.values(command.args).map((argument) => argumentKind(id, argument)),
      again: command.strict === false,
    }
  }
  return {
    commands,
    flags,
    program: [...program],
    topics: Object.fromEntries(Object.entries(topics).map(([name, { description }]) => [name, description])),
    words: fixedWords(),
  }
}
