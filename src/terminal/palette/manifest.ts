import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../package-root.ts'

/** An argument of a command, as oclif's manifest has it. */
export interface ManifestArgument {
  readonly name: string
  readonly description?: string
  readonly required?: boolean
  readonly options?: readonly string[]
}

export interface ManifestFlag extends ManifestArgument {
  readonly type: 'boolean' | 'option'
  readonly char?: string
  readonly allowNo?: boolean
  readonly multiple?: boolean
  readonly hidden?: boolean
  readonly helpGroup?: string
}

export interface ManifestCommand {
  readonly id: string
  readonly summary?: string
  readonly aliases: readonly string[]
  readonly hidden?: boolean
  /** False where any number of words may follow. */
  readonly strict?: boolean
  readonly args: Readonly<Record<string, ManifestArgument>>
  readonly flags: Readonly<Record<string, ManifestFlag>>
}

/** All commands by their ids, from the manifest that the build writes: no command is loaded to learn of it. */
export function readManifest(): Readonly<Record<string, ManifestCommand>> {
  const text = readFileSync(join(packageRoot(), 'oclif.manifest.json'), 'utf8')
  return (JSON.parse(text) as { commands: Record<string, ManifestCommand> }).commands
}
