import { argvOf, type Given, openOf, withArgument, withFlag } from './command-line.ts'
import type { Entry } from './entry.ts'
import type { ManifestArgument, ManifestCommand, ManifestFlag } from './manifest.ts'
import { lineOf } from './typed-line.ts'

/** What is done next with a command line: it runs, or something is added to it. */
export type CommandStep = 'run' | ManifestArgument | ManifestFlag

export const isFlag = (wanted: ManifestArgument | ManifestFlag): wanted is ManifestFlag => 'type' in wanted

function stepEntry(step: Exclude<CommandStep, 'run'>, text: string): Entry<CommandStep> {
  return { kind: 'choice', text, aside: step.description ?? '', names: [step.name], chosen: step }
}

/** What can be done with a command line: run it, or add to it. */
export function commandSteps(command: ManifestCommand, given: Given): Entry<CommandStep>[] {
  const { argument, flags } = openOf(command, given)
  return [
    { kind: 'run', text: `mhv ${lineOf(argvOf(command, given))}`, aside: '', names: [], chosen: 'run' },
    ...(argument ? [stepEntry(argument, argument.name.toUpperCase())] : []),
    ...flags.map((flag) => stepEntry(flag, `--${flag.name}`)),
  ]
}

/** The command line with the value of an argument or a flag. */
export const withValue = (
  given: Given,
  wanted: ManifestArgument | ManifestFlag,
  value: string | boolean,
): Given => (isFlag(wanted) ? withFlag(given, wanted.name, value) : withArgument(given, String(value)))
