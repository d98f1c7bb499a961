import { type MhvError, shellWord } from '../../errors.ts'
import { pasted } from '../failing/pasted-step.ts'
import { isQuiet } from '../output/output-mode.ts'
import { page } from '../output/page.ts'
import { screenWidth } from '../output/screen-width.ts'
import { listingJson, listingJsonLines } from './listing-json.ts'
import { listingMarkdown } from './listing-markdown.ts'
import { besideListing } from './listing-problems.ts'
import { listingCsv, listingTable } from './listing-table.ts'
import type { Listing } from './read-listing.ts'

const noneYet = () => `: there is none yet. Next: ${pasted('mhv tc "What is to be done"')}`

/** What a list says where it is written, and beside it. */
export interface RenderedListing {
  readonly out: string | Buffer
  readonly err: string
}

/** Nothing of a moment of the past that is over. */
function nothingMatchedAt(at: string, isEmpty: boolean, all: string): string {
  if (isEmpty)
    return `No task matches: there was none yet at ${at}. This shows those of now: ${pasted(all)}\n`
  return `No task matches. This shows all that there were: ${pasted(`${all} --at ${shellWord(at)}`)}\n`
}

function nothingMatches({ asked: { places, isSeveral } }: Listing): string {
  if (places.length === 0) return 'None of the repositories is here.\n'
  const isEmpty = places.every(
    ({ snapshot, unmerged }) => snapshot.highestNumber === 0 && unmerged.length === 0,
  )
  const all = isSeveral ? 'mhv tl --all --status all' : 'mhv tl --status all'
  const later = places.find(({ snapshot }) => snapshot.later)?.snapshot.later
  if (later && later.snapshot.highestNumber > 0) return nothingMatchedAt(later.at, isEmpty, all)
  return `No task matches${isEmpty && !isSeveral ? noneYet() : `. This shows all that there are: ${pasted(all)}`}\n`
}

async function outOf(listing: Listing, error: MhvError | null): Promise<string | Buffer> {
  switch (listing.format) {
    case 'json':
      return listingJson(listing, error)
    case 'jsonl':
      return listingJsonLines(listing)
    case 'csv':
      return listingCsv(listing)
    case 'template':
      return (await import('./task-records.ts')).writtenBy(listing.template!, listing)
    case 'markdown':
      return listingMarkdown(listing)
    case 'table': {
      const width = screenWidth()
      return listing.entries.length > 0 ? listingTable(listing, width) : ''
    }
  }
}

/**
 * A list of tasks in its format, and what could not be shown, which JSON has in its document.
 * @param error for the document, where the list is not as it should be
 */
export async function renderListing(
  listing: Listing,
  error: MhvError | null = null,
): Promise<RenderedListing> {
  const out = await outOf(listing, error)
  if (listing.format === 'json') return { out, err: '' }
  const nothing =
    listing.format === 'table' && listing.entries.length === 0 && !isQuiet() ? nothingMatches(listing) : ''
  return { out, err: nothing + besideListing(listing.asked) }
}

/** Writes a list, and what is said beside it. @param isPaged whether people read it */
export async function printRendered({ out, err }: RenderedListing, isPaged: boolean): Promise<void> {
  if (isPaged && out.length > 0) await page(out)
  else if (out.length > 0) process.stdout.write(out)
  if (err !== '') process.stderr.write(err)
}
