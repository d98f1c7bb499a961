import type { Preset, ProposedGate, RepositoryFacts } from './preset.ts'
import { goPresets, mavenPresets, rustPresets, secretPresets } from './presets-other.ts'
import { pythonPresets } from './presets-python.ts'
import { scriptPresets, toolPresets } from './presets-script.ts'

/** All presets, those that run others' tools first. */
export const PRESETS: readonly Preset[] = [
  ...scriptPresets,
  ...toolPresets,
  ...pythonPresets,
  ...goPresets,
  ...rustPresets,
  ...mavenPresets,
  ...secretPresets,
]

/** @param names these presets, whether they fit or not; those that fit unless given */
export function proposeGates(facts: RepositoryFacts, names: readonly string[] | null): ProposedGate[] {
  const chosen = PRESETS.filter((preset) => (names ? names.includes(preset.name) : preset.fits(facts)))
  const proposed: ProposedGate[] = []
  for (const gate of chosen.flatMap((preset) => preset.gates(facts))) {
    const isCovered = proposed.some(
      ({ name, runs }) =>
        name === gate.name || (gate.runs.length > 0 && gate.runs.every((tool) => runs.includes(tool))),
    )
    if (!isCovered) proposed.push(gate)
  }
  return proposed
}
