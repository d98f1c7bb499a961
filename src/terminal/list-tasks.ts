import type { Workplace } from './base-command.ts'
import type { Verdict } from './judge-listing.ts'
import type { ListFlags } from './list-flags.ts'
import { type PlaceFlags, type PlacesAsked, placesAsked } from './places-asked.ts'
import { printRendered, type RenderedListing, renderListing } from './print-listing.ts'
import { type Listing, readListing } from './read-listing.ts'

interface Listed {
  readonly listing: Listing
  readonly verdict: Verdict | null
  readonly rendered: RenderedListing
}

async function listed(asked: PlacesAsked, flags: ListFlags): Promise<Listed> {
  const listing = await readListing(asked, flags)
  const condition = flags['fail-on']
  const judge = typeof condition === 'string' ? (await import('./judge-listing.ts')).judgeListing : null
  const verdict = judge?.(listing, condition as string) ?? null
  return { listing, verdict, rendered: await renderListing(listing, verdict?.error) }
}

/**
 * Prints the tasks that the flags of a list ask for, of one repository or several, and judges them where --fail-on does.
 * Errors: those of placesAsked and readListing; CONDITION_MET, after the list was printed.
 */
export async function listTasks(
  flags: ListFlags & PlaceFlags,
  workplace: () => Promise<Workplace>,
): Promise<void> {
  const asked = await placesAsked(flags, workplace)
  const { listing, verdict, rendered } = await listed(asked, flags)
  printRendered(rendered)
  if (flags.annotations || flags.summary || process.env.GITHUB_ACTIONS === 'true') {
    const { annotate } = await import('./annotations.ts')
    annotate(listing, verdict, flags)
  }
  if (!verdict) return
  // A second document would make the first one unreadable, which has the error in it.
  if (flags.json) process.exitCode = verdict.error.exit
  else throw verdict.error
}
