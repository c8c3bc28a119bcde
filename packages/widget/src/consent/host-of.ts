import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import { createVisitor } from '../visitor.ts'
import type { ConsentHost } from './host.ts'

/** Lends the chat's client and its greeting to the part that asks for consent. */
export function hostOf(
  site: Pick<ConsentHost, 'origin' | 'widgetKey' | 'locale' | 'dir'>,
  store: Store,
  listeners: StateListener[],
): ConsentHost {
  return {
    ...site,
    connect: (tokens, onEnd) => createVisitor({ ...site, tokens, onChange: () => {}, onEnd }),
    setKnownName(knownName) {
      const { name, knownName: before } = store.get()
      if (knownName === before) return
      store.set({ knownName, name: name === '' || name === before ? (knownName ?? '') : name })
    },
    onNamed: (listener) =>
      listeners.push(({ name, conversationId }) => {
        if (conversationId !== null && name !== '') listener(name)
      }),
  }
}

/** Hears of every change, when it is drawn. */
export type StateListener = (state: State) => void

export interface ConsentPart {
  start(host: ConsentHost): Promise<void>
}
