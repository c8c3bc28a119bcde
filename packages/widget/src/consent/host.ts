import type { TokenStore } from '@candor/client/token-store'
import type { Visitor } from '../visitor.ts'

/** What the widget's script lends to the part that asks for consent, which is loaded beside it. */
export interface ConsentHost {
  origin: string
  widgetKey: string
  locale: string
  dir: 'ltr' | 'rtl'
  /** A pseudonym of its own: what rests on consent is not joined with a chat. */
  connect(tokens: TokenStore, onEnd: () => void): Visitor
  /** Greets by this name, or by none. */
  setKnownName(name: string | null): void
  /** Calls back with the name under which a conversation has begun. */
  onNamed(listener: (name: string) => void): void
}
