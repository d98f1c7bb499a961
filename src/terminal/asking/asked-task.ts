import type { EventData } from '../../../schemas/event.ts'
import { MhvError } from '../../errors.ts'
import type { Field } from '../../intent/parsed-request.ts'
import { readDescription } from '../input/input.ts'
import { colourOf } from '../output/colour.ts'
import type { PlaceFlags } from '../places/place-flags.ts'
import type { Workplace } from '../places/workplace.ts'
import type { CreateFlags } from '../task/create-flags.ts'
import type { Proposal } from './proposal.ts'
import {
  creationCommand,
  requireAhead,
  type WantedTask,
  wantedByFlags,
  wantedLiterally,
} from './wanted-task.ts'

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

/** Shows what would be created, and by which command. Errors: those of flags that cannot be read. */
async function showAsked(proposal: Proposal, flags: CreateFlags): Promise<void> {
  const [{ requireReadable }, { parseJson, wantedIn }, { renderProposal }, { pasted }] = await Promise.all([
    import('./ask-fields.ts'),
    import('./proposal.ts'),
    import('./print-proposal.ts'),
    import('../failing/pasted-step.ts'),
  ])
  const wanted = wantedIn(proposal)
  if (flags.deadline !== undefined) requireAhead(wanted, flags)
  for (const [field, value] of Object.entries(wantedByFlags(flags)) as [Field, WantedTask[Field]][]) {
    if (field !== 'deadline' || !flags['allow-past']) requireReadable(field, value)
  }
  const command = pasted(creationCommand(wanted, flags))
  const parse = parseJson(proposal)
  const text = `${renderProposal(proposal, colourOf(process.stdout), true)}  created by  ${command}`
  process.stdout.write(`${flags.json ? JSON.stringify({ schema: 1, parse, command }) : text}\n`)
}

/** The words as they are, in the repository that flags lead to. */
async function literalTask(
  words: string,
  flags: CreateFlags,
  workplace: Workplace,
): Promise<AskedTask | null> {
  const wanted = wantedLiterally(words, flags)
  if (!flags['dry-run']) {
    requireAhead(wanted, flags)
    return { workplace, wanted, said: '', more: {} }
  }
  const [{ literalProposal }, { readTitle }] = await Promise.all([
    import('./proposal.ts'),
    import('../task/fields.ts'),
  ])
  await showAsked(literalProposal(readTitle(words), wantedByFlags(flags)), flags)
  return null
}

/**
 * The task that words and flags ask for, in the repository that either names. With --dry-run it is only shown.
 * @returns null where nothing is to be created
 * Errors: those of `open` and of understandRequest; DEADLINE_PAST; INVALID_INPUT.
 */
export async function askedTask(words: string, given: CreateFlags, open: Open): Promise<AskedTask | null> {
  const place = await placeOfFlags(given, open)
  // What is piped can be read once; a command that is printed for pasting has to have it.
  const flags =
    given.description === '-' ? { ...given, description: await readDescription(given.description) } : given
  const around = place instanceof MhvError ? null : place
  if (flags['no-parse']) {
    if (!around) throw place
    return literalTask(words, flags, around)
  }
  const [{ understandRequest }, { parseJson, requestToKeep, wantedIn }, { renderProposal }] =
    await Promise.all([
      import('./understand-request.ts'),
      import('./proposal.ts'),
      import('./print-proposal.ts'),
    ])
  const proposal = await understandRequest(words, flags, around)
  if (!proposal) return null
  if (flags['dry-run']) {
    await showAsked(proposal, flags)
    return null
  }
  const wanted = wantedIn(proposal)
  const isElsewhere = flags.repo === undefined && wanted.repository !== null
  if (!around && !isElsewhere) throw place
  requireAhead(wanted, flags)
  const workplace = isElsewhere ? await open({ repos: flags.repos, repo: [wanted.repository!] }) : around!
  const request = requestToKeep(proposal)
  const said = renderProposal(proposal, colourOf(process.stdout), false)
  return { workplace, wanted, ...(request ? { request } : {}), said, more: { parse: parseJson(proposal) } }
}
