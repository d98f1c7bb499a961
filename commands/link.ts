import { MhvError } from '../src/errors.ts'
import { linkEverywhere } from '../src/federation/saga.ts'
import { sharedLinks, unlink } from '../src/federation/unlink.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'
import { reposFlag } from '../src/terminal/places/federation-flags.ts'
import { partsToUnlink, type SagaPlaces, sagaParts, sagaPlaces } from '../src/terminal/places/saga-places.ts'
import { toldWhenStopped } from '../src/terminal/places/warn-of-sagas.ts'
import { printParts } from '../src/terminal/task/print-parts.ts'

/** Errors: USAGE. */
function requireTwo(tasks: number): void {
  if (tasks < 2) throw new MhvError('USAGE', 'It takes two tasks at least to link them.')
}

export default class Link extends MhvCommand {
  static override summary = 'Make tasks of several repositories parts of one.'
  static override description =
    'Each task gets a link to the others: in all of their repositories, or in none. Where that was interrupted, --resume finishes it, or takes it back if one of them refuses its part; while one cannot be asked, everything stays as it is. --abandon takes it back as far as the repositories can be asked, and names those in which a part may have stayed.'
  static override examples = [
    'mhv link crackerjack#12 akosha#7',
    'mhv link cj#12 ak#7 --remove',
    'mhv link --resume',
    'mhv link --abandon',
  ]
  static override strict = false
  static override args = {
    tasks: Args.string({ description: 'tasks with their repositories in front (crackerjack#12 akosha#7)' }),
  }
  static override flags = {
    remove: Flags.boolean({
      description: 'take the links between them away, also where some are deleted',
      exclusive: ['resume', 'abandon'],
    }),
    resume: Flags.boolean({
      description: 'go on with what was interrupted, in all repositories',
      exclusive: ['abandon'],
    }),
    abandon: Flags.boolean({ description: 'give up what was interrupted, where it can never be finished' }),
    ...reposFlag,
  }

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Link)
    const places = await sagaPlaces(flags.repos)
    if (flags.resume || flags.abandon) return this.resume(places, flags.abandon, flags.json)
    const words = argv as string[]
    if (flags.remove) return this.unlink(places, words, flags.json)
    const { file } = places.federation
    const parts = await sagaParts(places, words)
    requireTwo(parts.length)
    const [known] = await sharedLinks(parts)
    const link = known ?? (await toldWhenStopped(file, () => linkEverywhere(parts, file)))
    await printParts(parts, link, flags.json, known ? 'is linked already' : 'linked')
  }

  private async unlink(places: SagaPlaces, words: readonly string[], json: boolean): Promise<void> {
    const { file } = places.federation
    const { parts, gone } = await partsToUnlink(places, words)
    requireTwo(parts.length + gone.length)
    const links = await toldWhenStopped(file, () => unlink(parts, gone, file))
    await printParts(parts, links[0] ?? '', json, links.length > 0 ? 'no longer linked' : 'was not linked')
  }

  /** Errors: SAGA_UNFINISHED, which tells of the others too. */
  private async resume(places: SagaPlaces, givesUp: boolean, json: boolean): Promise<void> {
    const { resumeSagas } = await import('../src/terminal/places/resume-sagas.ts')
    const { resumed, errors } = await resumeSagas(places, givesUp)
    const [first] = errors
    if (!json) {
      if (resumed.length === 0) this.aside('Nothing was interrupted.')
      for (const { link, kind, repository, outcome, why } of resumed) {
        if (why === null || why !== first?.message)
          this.aside(`${kind} ${link}, begun in ${repository}: ${why ?? outcome}`)
      }
    }
    if (first) {
      const { error, message, recovery, data, cause } = first
      throw new MhvError(error, message, { recovery, data: { ...data, resumed }, cause })
    }
    if (json) this.printJson({ resumed })
    const isRefused = resumed.some(({ outcome }) => outcome === 'taken back')
    if (isRefused && !givesUp) process.exitCode = 1
  }
}
