import { boardView } from './board-view.tsx'
import { conflictsView } from './conflicts-view.ts'
import { gatesView } from './gates-view.ts'
import { graphView } from './graph-view.ts'
import { planView } from './plan-view.ts'
import { predictionsView } from './predictions-view.ts'
import type { View } from './view.ts'
import { worktreesView } from './worktrees-view.ts'

/** Every view beside the list, in the order of their keys. What each keeps and asks for goes back to none but itself. */
export const VIEWS: readonly View[] = [
  boardView as View,
  graphView as View,
  planView as View,
  worktreesView as View,
  gatesView as View,
  predictionsView as View,
  conflictsView as View,
]

export const viewOf = (id: string): View | null => VIEWS.find((view) => view.id === id) ?? null
