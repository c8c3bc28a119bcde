import { randomUUID } from 'node:crypto'
import { createCandor } from '@candor/client/create-candor'
import type { Candor } from '@candor/client/create-candor'
import { createSession } from '@candor/client/session'
import type { Session } from '@candor/client/session'
import { memoryTokenStore } from '@candor/client/token-store'
import type { Tokens } from '@candor/contracts/identity/schemas'

/**
 * A business with its owner and as many visitors as conversations, each as a client of ours would hold them. What was not
 * answered within `patienceMs` may have happened.
 */
export async function openBusiness(
  url: string,
  conversations: number,
  { patienceMs = 4_000 }: { patienceMs?: number | undefined } = {},
): Promise<Business> {
  const anyone = createCandor({ url })
  const owner = await anyone.identity.signUp.mutate({
    name: 'Olga Okafor',
    email: `${randomUUID()}@example.org`,
    country: 'DE',
    company: 'Chaos Ltd',
    password: 'a long and unusual pass phrase',
  })
  const { widgetKey } = owner.business
  const open = async (): Promise<Conversation> => {
    const tokens = await anyone.identity.startVisitorSession.mutate({ widgetKey })
    const visitor = personOf(url, tokens, patienceMs)
    const { conversation } = await visitor.candor.chat.startConversation.mutate({})
    return { id: conversation.id, visitor }
  }
  return {
    owner: personOf(url, owner, patienceMs),
    conversations: await Promise.all(Array.from({ length: conversations }, open)),
  }
}

function personOf(url: string, tokens: Tokens, patienceMs: number): Person {
  const session = createSession({ url, store: memoryTokenStore() })
  session.start(tokens)
  return { session, candor: createCandor({ url, session, callTimeoutMs: patienceMs, silenceMs: 25_000 }) }
}

export interface Business {
  owner: Person
  conversations: Conversation[]
}

export interface Conversation {
  id: string
  visitor: Person
}

export interface Person {
  candor: Candor
  session: Session
}
