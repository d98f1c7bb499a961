import { MhvError } from '../src/errors.ts'
import { linkEverywhere, type SagaPart } from '../src/federation/saga.ts'
import { linkOf } from '../src/tasks/kinds/links-added.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { reposFlag } from '../src/terminal/federation-flags.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'
import { printParts } from '../src/terminal/print-parts.ts'
import { type SagaPlaces, sagaParts, sagaPlaces } from '../src/terminal/saga-places.ts'
import { toldWhenStopped } from '../src/terminal/warn-of-sagas.ts'

/** Ids of the links that all of the tasks share. */
async function sharedLinks(parts: readonly SagaPart[]): Promise<string[]> {
  const linksOf = async ({ place, task }: SagaPart) => {
    const read = (await place.store.load(await place.store.view(), [task])).get(task)!
    return [...read.task.links.keys()].map((value) => linkOf(value).link)
  }
  const [first = [], ...others] = await Promise.all(parts.map(linksOf))
  return [...new Set(first)].filter((link) => others.every((own) => own.includes(link)))
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
      description: 'take the links that they share away',
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
    const { file } = places.federation
    const parts = await sagaParts(places, argv as string[])
    if (parts.length < 2) throw new MhvError('USAGE', 'It takes two tasks at least to link them.')
    if (!flags.remove) {
      const [known] = await sharedLinks(parts)
      const link = known ?? (await toldWhenStopped(file, () => linkEverywhere(parts, file)))
      return printParts(parts, link, flags.json, known ? 'is linked already' : 'linked')
    }
    const shared = await sharedLinks(parts)
    for (const link of shared) await toldWhenStopped(file, () => linkEverywhere(parts, file, link))
    await printParts(
      parts,
      shared[0] ?? '',
      flags.json,
      shared.length > 0 ? 'no longer linked' : 'was not linked',
    )
  }

  /** Errors: SAGA_UNFINISHED, which tells of the others too. */
  private async resume(places: SagaPlaces, givesUp: boolean, json: boolean): Promise<void> {
    const { resumeSagas } = await import('../src/terminal/resume-sagas.ts')
    const { resumed, errors } = await resumeSagas(places, givesUp)
    const [first] = errors
    if (!json) {
      if (resumed.length === 0) this.print('Nothing was interrupted.')
      for (const { link, kind, repository, outcome, why } of resumed) {
        if (why === null || why !== first?.message)
          this.print(`${kind} ${link}, begun in ${repository}: ${why ?? outcome}`)
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
