import { Flags } from '../oclif.ts'
import { reposFlag } from './federation-flags.ts'

/** Flags of a command that works in one repository, which may be another than the one around. */
export const placeFlags = {
  repo: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    helpGroup: 'FEDERATION',
    helpValue: '<name>',
    description: 'do it in this repository, by its name or nickname in repos.yaml',
  }),
  ...reposFlag,
}

export interface PlaceFlags {
  readonly repo?: readonly string[] | undefined
  readonly repos?: string | undefined
  /** Milliseconds: how old what is known of a repository without a clone may be; 0 for what decides before it writes. */
  readonly maxAge?: number
}
