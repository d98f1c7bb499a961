import type { View } from './view.ts'

/** Every view beside the list, in the order of their keys. */
export const VIEWS: readonly View[] = []

export const viewOf = (id: string): View | null => VIEWS.find((view) => view.id === id) ?? null
