import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configFiles } from '../config/has-config.ts'
import { loadConfig } from '../config/load-config.ts'
import { MhvError, shellWord } from '../errors.ts'
import type { ProposedGate } from '../gates/preset.ts'
import { PRESETS, proposeGates } from '../gates/presets.ts'
import { packageFault, readRepositoryFacts } from '../gates/presets-facts.ts'
import { configYaml, gatesYaml } from '../gates/presets-yaml.ts'
import { nearestWord } from '../query/nearest-word.ts'

/** The name under which a configuration is begun. */
const FILE = '.mhvrc.yaml'

export interface GatesProposal {
  /** The file that is, or would be, written. */
  readonly path: string
  readonly gates: readonly ProposedGate[]
  /** The whole file; of a configuration that there is, what could be added to it. */
  readonly text: string
  /** The configuration that there is already, which is never written to; null where there is none. */
  readonly existing: string | null
  /** What was not looked at, and why; null where all was. */
  readonly note: string | null
}

/** Errors: INVALID_INPUT. */
function requireKnown(presets: readonly string[]): void {
  const known = PRESETS.map(({ name }) => name)
  const unknown = presets.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const meant = nearestWord(unknown, known)
  const hint = meant ? `; did you mean ${meant}?` : `; there are ${known.join(', ')}.`
  throw new MhvError('INVALID_INPUT', `There is no preset ${unknown}${hint}`, {
    recovery: [`mhv gate init --dry-run${meant ? ` --preset ${meant}` : ''}`],
    data: { unknown, known },
  })
}

/**
 * Gates for what a worktree uses, or for the presets that are named. Those that its configuration has already, by name or
 * by command, are left out.
 * Errors: INVALID_INPUT, NO_GATES_FOUND where there is nothing to propose; CONFIG_INVALID.
 */
export async function proposeConfig(top: string, presets: readonly string[] | null): Promise<GatesProposal> {
  if (presets) requireKnown(presets)
  const [name] = configFiles(top)
  const existing = name === undefined ? null : join(top, name)
  const own = existing ? (await loadConfig(top)).config.gates : []
  const proposed = proposeGates(readRepositoryFacts(top), presets)
  const gates = proposed.filter(
    ({ name, command }) => !own.some((each) => each.name === name || each.command === command),
  )
  const fault = packageFault(top)
  const note = fault === null ? null : `package.json was left out, since it does not parse: ${fault}`
  if (proposed.length === 0) {
    const what = presets ? `${presets.join(', ')} has` : 'The repository has'
    throw new MhvError(
      'NO_GATES_FOUND',
      `${what} nothing that a gate could run; nothing was written.${note ? ` ${note}` : ''}`,
      {
        data: { known: PRESETS.map(({ name }) => name) },
      },
    )
  }
  return {
    path: existing ?? join(top, FILE),
    gates,
    text: existing ? gatesYaml(gates) : configYaml(gates),
    existing,
    note,
  }
}

/**
 * Writes the proposed file, where there is none. One that has all of it already is left as it is.
 * @returns whether it was written
 * Errors: CONFIG_EXISTS, with what could be added to the one there is; STORE_UNWRITABLE.
 */
export function writeConfig({ path, text, gates, existing }: GatesProposal): boolean {
  if (existing !== null && gates.length === 0) return false
  if (existing === null) {
    try {
      writeFileSync(path, text, { flag: 'wx' })
      return true
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST') {
        throw new MhvError('STORE_UNWRITABLE', `${path} could not be written: ${message}.`, {
          cause: error,
          recovery: [`ls -ld ${shellWord(dirname(path))}`, `df -h ${shellWord(dirname(path))}`],
        })
      }
    }
  }
  const what = 'these gates could be added to it'
  throw new MhvError('CONFIG_EXISTS', `${path} is there already and was left as it is; ${what}.`, {
    recovery: [`"\${EDITOR:-vi}" ${shellWord(path)}`, 'mhv config show'],
    data: { path, gates, text },
  })
}
