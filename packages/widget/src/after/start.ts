import type { Candor } from '@candor/client/create-candor'
import type { State } from '../state.ts'
import styles from './after.css'
import { offerDownload } from './download.ts'
import { askForRating } from './rating.ts'
import { wordsFor } from './words.ts'

/** What can be done with a conversation once it is closed: say how it went, and take its transcript along. */
export function start(place: HTMLElement, host: AfterHost): void {
  const { conversationId, isRated } = host.store.get()
  // Loading took a while; the chat may have been put away meanwhile.
  if (!place.isConnected || conversationId === null) return
  wear(place.getRootNode() as ShadowRoot)
  const given = { candor: host.visitor.candor(), conversationId, words: wordsFor(navigator.language) }
  const rating = isRated ? [] : [askForRating({ ...given, onRated: () => host.change({ isRated: true }) })]
  place.className = 'after'
  place.replaceChildren(...rating, ...offerDownload(given))
}

/** The styles of this part beside those that are there, once. */
function wear(shadow: ShadowRoot): void {
  if (shadow.adoptedStyleSheets.includes(sheet)) return
  sheet.replaceSync(styles)
  shadow.adoptedStyleSheets.push(sheet)
}

const sheet = new CSSStyleSheet()

/** What the widget's script lends to this part. */
export interface AfterHost {
  visitor: { candor(): Candor }
  store: { get(): State }
  change(changes: Pick<State, 'isRated'>): void
}

export interface AfterPart {
  start: typeof start
}
