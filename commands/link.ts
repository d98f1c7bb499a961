import { MhvError } from '../src/errors.ts'
import { linkEverywhere, resumeSaga, type SagaPart } from '../src/federation/saga.ts'
import { isHeld, unfinishedSagas } from '../src/federation/saga-log.ts'
import { linkOf } from '../src/tasks/kinds/links-added.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { reposFlag } from '../src/terminal/federation-flags.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'
import { printParts } from '../src/terminal/print-parts.ts'
import { sagaParts, sagaPlaces } from '../src/terminal/saga-places.ts'
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
    'Each task gets a link to the others: in all of their repositories, or in none. Where that was interrupted, --resume finishes it, or takes it back if it cannot be done everywhere.'
  static override examples = [
    'mhv link crackerjack#12 akosha#7',
    'mhv link cj#12 ak#7 --remove',
    'mhv link --resume',
  ]
  static override strict = false
  static override args = {
    tasks: Args.string({ description: 'tasks with their repositories in front (crackerjack#12 akosha#7)' }),
  }
  static override flags = {
    remove: Flags.boolean({ description: 'take the links that they share away', exclusive: ['resume'] }),
    resume: Flags.boolean({ description: 'go on with what was interrupted, in all repositories' }),
    ...reposFlag,
  }

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Link)
    if (flags.resume) return this.resume(flags.repos, flags.json)
    const places = await sagaPlaces(flags.repos)
    const parts = await sagaParts(places, argv as string[])
    if (parts.length < 2) throw new MhvError('USAGE', 'It takes two tasks at least to link them.')
    if (!flags.remove) {
      const [known] = await sharedLinks(parts)
      const link = known ?? (await toldWhenStopped(() => linkEverywhere(parts)))
      return printParts(parts, link, flags.json, known ? 'is linked already' : 'linked')
    }
    const shared = await sharedLinks(parts)
    for (const link of shared) await toldWhenStopped(() => linkEverywhere(parts, link))
    await printParts(
      parts,
      shared[0] ?? '',
      flags.json,
      shared.length > 0 ? 'no longer linked' : 'was not linked',
    )
  }

  private async resume(repos: string | undefined, json: boolean): Promise<void> {
    const places = await sagaPlaces(repos)
    const done: {
      link: string
      kind: string
      repository: string
      outcome: 'done' | 'taken back'
      why: string | null
    }[] = []
    for (const { name } of places.federation.members) {
      const first = await places.open(name).catch((error: unknown) => {
        if (error instanceof MhvError) return null
        throw error
      })
      if (!first) continue
      for (const record of await unfinishedSagas(first.repository)) {
        if (isHeld(record.saga)) continue
        const outcome = await resumeSaga(first, record, places.open)
        const { link, kind } = record.saga
        done.push({
          link,
          kind,
          repository: name,
          outcome: outcome === 'done' ? 'done' : 'taken back',
          why: outcome === 'done' ? null : outcome,
        })
      }
    }
    if (json) return this.printJson({ resumed: done })
    if (done.length === 0) this.print('Nothing was interrupted.')
    for (const { link, kind, repository, why } of done) {
      this.print(`${kind} ${link}, begun in ${repository}: ${why ?? 'done'}`)
    }
  }
}
