import type { Status } from '../../../schemas/vocabulary.ts'
import { onlyPlace } from '../../query/place.ts'
import { FLAG } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { searchDirectory } from '../listing/search-directory.ts'
import { numbered, type Workplace } from '../places/workplace.ts'

/** A task that a new one may be the same as. */
export interface Duplicate {
  readonly ref: string
  readonly title: string
  readonly status: Status
  /** How alike they are, 0 to 1. */
  readonly score: number
}

/** Tasks that one which was just created may be the same as, ended ones too, as far as the search index tells at once. */
export async function duplicatesOf(
  workplace: Workplace,
  view: Snapshot,
  id: string,
): Promise<readonly (Duplicate & { readonly said: string })[]> {
  const { repository, store } = workplace
  const own = view.slotOfId(id)
  if (own === undefined || view.slots < 2) return []
  const { likelyDuplicates } = await import('../../searching/search-tasks.ts')
  const task = JSON.parse(view.json(own).toString('utf8'))
  const isThere = (slot: number) => !(view.flags(slot) & (FLAG.DELETED | FLAG.GONE))
  const found = likelyDuplicates(
    onlyPlace(store.name, view),
    searchDirectory(repository),
    task,
    (slot) => slot !== own && isThere(slot),
  )
  return found.map(({ slot, score }) => ({
    ref: `${store.name}#${view.number(slot)}`,
    title: view.head(slot).title,
    status: view.status(slot),
    score: Number(score.toFixed(2)),
    said: numbered(workplace, view.number(slot)),
  }))
}
