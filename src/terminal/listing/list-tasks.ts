import type { FilterWords } from '../asking/understand-filter.ts'
import type { Workplace } from '../base-command.ts'
import { pasted } from '../failing/pasted-step.ts'
import { note } from '../output/output-mode.ts'
import { lookAtPlaces, type PlaceFlags, type PlacesAsked } from '../places/places-asked.ts'
import type { Verdict } from './judge-listing.ts'
import type { ListFlags } from './list-flags.ts'
import { printRendered, type RenderedListing, renderListing } from './print-listing.ts'
import { type Listing, readListing, type WordsFilter } from './read-listing.ts'

interface Listed {
  readonly listing: Listing
  readonly verdict: Verdict | null
  readonly rendered: RenderedListing
}

async function listed(asked: PlacesAsked, flags: ListFlags, filter: WordsFilter | null): Promise<Listed> {
  const listing = await readListing(asked, flags, filter).catch((error: unknown) => {
    // Of tasks that filters name there may be none to be seen for that reason only.
    throw asked.failure ?? error
  })
  const condition = flags['fail-on']
  const judge = typeof condition === 'string' ? (await import('./judge-listing.ts')).judgeListing : null
  const verdict = judge?.(listing, condition as string) ?? null
  const rendered = await renderListing(listing, asked.failure ?? verdict?.error)
  // The failure itself says what could not be read.
  return { listing, verdict, rendered: asked.failure ? { ...rendered, err: '' } : rendered }
}

/**
 * Prints the tasks that the flags of a list ask for, of one repository or several, and judges them where --fail-on does.
 * Words beside the flags are another way to say them; which flags they became is said, for the next time.
 * A pipeline is shown what could not be read also where that is all.
 * @param words null where there are none
 * Errors: those of placesAsked, readListing and understandFilter; CONDITION_MET and, where nothing can be shown, why, both after the list was
 * printed.
 */
export async function listTasks(
  flags: ListFlags & PlaceFlags,
  workplace: () => Promise<Workplace>,
  words: FilterWords | null = null,
): Promise<void> {
  if (words) {
    const { understandFilter } = await import('../asking/understand-filter.ts')
    const filter = await understandFilter(words, flags, workplace)
    if (!flags.json) note(`${pasted(filter.command)}\n`)
    return listAsked({ ...flags, ...filter.flags }, workplace, filter)
  }
  return listAsked(flags, workplace, null)
}

async function listAsked(
  flags: ListFlags & PlaceFlags,
  workplace: () => Promise<Workplace>,
  filter: WordsFilter | null,
): Promise<void> {
  const asked = await lookAtPlaces(flags, workplace)
  const { listing, verdict, rendered } = await listed(asked, flags, filter)
  await printRendered(rendered, listing.format === 'table')
  if (flags.annotations || flags.summary || process.env.GITHUB_ACTIONS === 'true') {
    const { annotate } = await import('./annotations.ts')
    annotate(listing, verdict, flags)
  }
  const error = asked.failure ?? verdict?.error
  if (!error) return
  // A second document would make the first one unreadable, which has the error in it.
  if (flags.json) process.exitCode = error.exit
  else throw error
}
