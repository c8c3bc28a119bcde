import { findReason } from '@candor/client/call-error'
import { createCandor } from '@candor/client/create-candor'
import type { Candor } from '@candor/client/create-candor'
import { createSession } from '@candor/client/session'
import type { Session } from '@candor/client/session'
import type { TokenStore } from '@candor/client/token-store'
import type { State } from './state.ts'

/** Who the visitor is to Candor: nobody, until `start` asks for a pseudonymous session. */
export function createVisitor(options: VisitorOptions): Visitor {
  const { origin, widgetKey, tokens, onChange } = options
  let connected: { candor: Candor; session: Session } | undefined
  let starting: Promise<void> | undefined

  return {
    candor: () => connect().candor,
    isStarted: () => connect().session.isStarted(),
    start,
    end: () => connect().session.end(),
  }

  function connect() {
    if (connected === undefined) {
      const session = createSession({ url: origin, store: tokens, onEnd: options.onEnd })
      connected = { session, candor: createCandor({ url: origin, session }) }
    }
    return connected
  }

  function start(): Promise<void> {
    const { candor, session } = connect()
    if (session.isStarted()) return Promise.resolve()
    onChange({ phase: 'starting' })
    starting ??= candor.identity.startVisitorSession
      .mutate({ widgetKey, language: navigator.language })
      .then((started) => {
        session.start(started)
        onChange({ phase: 'ready', business: started.business })
      })
      .catch((error: unknown) => {
        onChange({ phase: findReason(error) === 'not-found' ? 'unavailable' : 'failed' })
        throw error
      })
      .finally(() => {
        starting = undefined
      })
    return starting
  }
}

export interface VisitorOptions {
  origin: string
  widgetKey: string
  tokens: TokenStore
  onChange: (changes: Pick<State, 'phase'> & Partial<State>) => void
  /** The service has ended the session. */
  onEnd: () => void
}

export interface Visitor {
  candor(): Candor
  isStarted(): boolean
  /** Makes sure there is a session; fails where there can't be one now. */
  start(): Promise<void>
  end(): void
}
