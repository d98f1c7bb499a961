import type { EventData } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import type { Field } from '../intent/parsed-request.ts'
import { colourOf } from './colour.ts'
import type { CreateFlags } from './create-flags.ts'
import type { PlaceFlags } from './place-flags.ts'
import { creationCommand, type WantedTask, wantedByFlags, wantedLiterally } from './wanted-task.ts'
import type { Workplace } from './workplace.ts'

/** A task that is asked for, and where it is to be. */
export interface AskedTask {
  readonly workplace: Workplace
  readonly wanted: WantedTask
  /** What its history keeps of the words. */
  readonly request?: EventData<'TaskCreationRequested'>
  /** What is said when it is there. */
  readonly said: string
  /** What `--json` has beside the task. */
  readonly more: object
}

type Open = (flags: PlaceFlags) => Promise<Workplace>

/** Where flags lead, to the first of several repositories; null outside of any, where words may lead somewhere yet. */
async function placeOfFlags({ repo, repos }: CreateFlags, open: Open): Promise<Workplace | MhvError> {
  const [first] = repo ?? []
  if (first !== undefined) return open({ repo: new Set(repo).size > 1 ? [first] : repo, repos })
  return open({ repos }).catch((error: unknown) => {
    if (error instanceof MhvError && error.error === 'NOT_A_REPOSITORY') return error
    throw error
  })
}

/**
 * The task that words and flags ask for, in the repository that either names. With --dry-run it is only shown.
 * @returns null where nothing is to be created
 * Errors: those of `open` and of understandRequest.
 */
export async function askedTask(words: string, flags: CreateFlags, open: Open): Promise<AskedTask | null> {
  const place = await placeOfFlags(flags, open)
  const around = place instanceof MhvError ? null : place
  if (flags['no-parse']) {
    if (!around) throw place
    return { workplace: around, wanted: wantedLiterally(words, flags), said: '', more: {} }
  }
  const [{ understandRequest }, { parseJson, requestToKeep, wantedIn }, { renderProposal }] =
    await Promise.all([
      import('./understand-request.ts'),
      import('./proposal.ts'),
      import('./print-proposal.ts'),
    ])
  const proposal = await understandRequest(words, flags, around)
  if (!proposal) return null
  const wanted = wantedIn(proposal)
  const parse = parseJson(proposal)
  const colour = colourOf(process.stdout)
  if (flags['dry-run']) {
    const { requireReadable } = await import('./ask-fields.ts')
    for (const [field, value] of Object.entries(wantedByFlags(flags)) as [Field, WantedTask[Field]][]) {
      if (field !== 'deadline' || !flags['allow-past']) requireReadable(field, value)
    }
    const command = creationCommand(wanted, flags)
    const text = `${renderProposal(proposal, colour, true)}  created by  ${command}`
    process.stdout.write(`${flags.json ? JSON.stringify({ schema: 1, parse, command }) : text}\n`)
    return null
  }
  const isElsewhere = flags.repo === undefined && wanted.repository !== null
  if (!around && !isElsewhere) throw place
  const workplace = isElsewhere ? await open({ repos: flags.repos, repo: [wanted.repository!] }) : around!
  const request = requestToKeep(proposal)
  const said = renderProposal(proposal, colour, false)
  return { workplace, wanted, ...(request ? { request } : {}), said, more: { parse } }
}
