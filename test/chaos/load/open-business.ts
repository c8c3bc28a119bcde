import { randomUUID } from 'node:crypto'
import { createCandor } from '@candor/client/create-candor'
import type { Candor } from '@candor/client/create-candor'
import { createSession } from '@candor/client/session'
import type { Session } from '@candor/client/session'
import { memoryTokenStore } from '@candor/client/token-store'
import type { Tokens } from '@candor/contracts/identity/schemas'

/** A business with its owner and as many visitors as conversations, each as a client of ours would hold them. */
export async function openBusiness(url: string, conversations: number): Promise<Business> {
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
    const visitor = personOf(url, await anyone.identity.startVisitorSession.mutate({ widgetKey }))
    const { conversation } = await visitor.candor.chat.startConversation.mutate({})
    return { id: conversation.id, visitor }
  }
  return {
    owner: personOf(url, owner),
    conversations: await Promise.all(Array.from({ length: conversations }, open)),
  }
}

function personOf(url: string, tokens: Tokens): Person {
  const session = createSession({ url, store: memoryTokenStore() })
  session.start(tokens)
  return { session, candor: createCandor({ url, session, callTimeoutMs: patienceMs, silenceMs: 25_000 }) }
}

/** What was not answered by then may have happened. */
const patienceMs = 4_000

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
