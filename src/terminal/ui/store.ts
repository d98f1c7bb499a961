import type { Effect, UiState } from './state.ts'
import { type Action, update } from './update.ts'

/** The one place where the state changes. */
export interface Store {
  readonly state: () => UiState
  readonly send: (action: Action) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** @param perform does what a step asks for */
export function createStore(initial: UiState, perform: (effect: Effect, store: Store) => void): Store {
  let state = initial
  const listeners = new Set<() => void>()
  let isDue = false
  // Of keys that come faster than pictures can be made, only what they lead to is drawn.
  const tell = () => {
    isDue = false
    for (const listener of listeners) listener()
  }
  const store: Store = {
    state: () => state,
    send: (action) => {
      const { state: next, effects } = update(state, action)
      const isNew = next !== state
      state = next
      if (isNew && !isDue) {
        isDue = true
        setImmediate(tell)
      }
      for (const effect of effects) perform(effect, store)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return store
}
