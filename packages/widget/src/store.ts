import type { State } from './state.ts'

/** Holds the state and draws after changes, once for all changes made together. */
export function createStore(initial: State, draw: () => void): Store {
  let state = initial
  let isDrawPlanned = false
  return {
    get: () => state,
    set: (changes) => {
      state = { ...state, ...changes }
      if (isDrawPlanned) return
      isDrawPlanned = true
      queueMicrotask(() => {
        isDrawPlanned = false
        draw()
      })
    },
  }
}

export interface Store {
  get(): State
  set(changes: Partial<State>): void
}
