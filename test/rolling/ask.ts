import type { Door } from '@candor/local/stack/ports'
import type { Business } from '../chaos/load/open-business.ts'
import type { Replicas } from './start-replicas.ts'

/** What is asked of each service again and again, straight at its balancer. */
export async function questionsOf(
  { balancers }: Replicas,
  { owner, conversations }: Business,
): Promise<Questions> {
  const { business } = await owner.candor.identity.me.query()
  const { id: conversationId, visitor } = conversations[0]!
  const asked: Record<Door, Asked> = {
    identity: { path: '/trpc/identity/me', as: owner },
    chat: { path: '/trpc/chat/setTyping', as: visitor, body: { conversationId, typing: true } },
    billing: { path: '/trpc/billing/getUsage', as: owner },
    transcripts: { path: `/trpc/transcripts/searchTranscripts?input=${encoded({ limit: 1 })}`, as: owner },
    privacy: { path: `/trpc/privacy/getNotice?input=${encoded({ business: business.slug })}` },
    web: { path: '/' },
  }
  return async (door) => {
    const { path, as, body } = asked[door]
    const token = await as?.session.getAccessToken()
    return new Request(`http://127.0.0.1:${balancers[door].port}${path}`, {
      headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    })
  }
}

const encoded = (input: object) => encodeURIComponent(JSON.stringify(input))
/** Nothing fails: what is only late, on a machine that is busy, is no failure. */
export const patienceMs = 30_000

interface Asked {
  path: string
  as?: Business['owner']
  body?: object
}

export type Questions = (door: Door) => Promise<Request>
