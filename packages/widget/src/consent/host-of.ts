import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import type { createVisitor as CreateVisitor } from '../visitor.ts'
import type { ConsentHost } from './host.ts'

/** The chat's client and greeting, as the part that asks for consent uses them. */
export function hostOf({ site, store, listeners, createVisitor }: WidgetParts): ConsentHost {
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

/** What the widget's script hands over: as little code of its own as can be. */
export interface WidgetParts {
  site: Pick<ConsentHost, 'origin' | 'widgetKey' | 'locale' | 'dir'>
  store: Store
  listeners: StateListener[]
  createVisitor: typeof CreateVisitor
}

export interface ConsentPart {
  start(parts: WidgetParts): Promise<void>
}
