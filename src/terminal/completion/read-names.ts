import { parsedContent } from '../../config/read-source.ts'
import type { ConfiguredNames } from './names-known.ts'

const NOTHING: ConfiguredNames = { aliases: {}, gates: null, themes: [] }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function aliasesIn(said: unknown): ConfiguredNames['aliases'] {
  const right = Object.entries(isRecord(said) ? said : {}).filter(
    (entry): entry is [string, string] => /^[a-z][a-z0-9-]*$/.test(entry[0]) && typeof entry[1] === 'string',
  )
  return Object.fromEntries(right)
}

function gatesIn(said: unknown): ConfiguredNames['gates'] {
  if (!Array.isArray(said)) return null
  return said.flatMap((gate: unknown) => {
    if (!isRecord(gate) || typeof gate.name !== 'string') return []
    return [[gate.name, typeof gate.command === 'string' ? gate.command : ''] as const]
  })
}

const themesIn = (ui: unknown): ConfiguredNames['themes'] =>
  isRecord(ui) && isRecord(ui.themes) ? Object.keys(ui.themes) : []

/**
 * What a file of configuration names that stands on command lines; null where it says nothing of mhv. Never throws: of what
 * does not parse or breaks a rule nothing is known, and whoever uses it is told why.
 */
export async function readNames(path: string, text: string): Promise<ConfiguredNames | null> {
  try {
    const content = await parsedContent(path, text)
    if (content === undefined) return null
    return isRecord(content)
      ? { aliases: aliasesIn(content.aliases), gates: gatesIn(content.gates), themes: themesIn(content.ui) }
      : NOTHING
  } catch {
    return NOTHING
  }
}
