import { randomUUID } from 'node:crypto'
import type { Tokens } from '@candor/contracts/identity/schemas'

/** Visitor sessions in memory: refresh tokens work once, and using one twice ends its session. */
export function createSessionModel(): SessionModel {
  const sessions = new Map<string, HeldSession>()
  let accessMs = 600_000

  function issue(session: HeldSession): Tokens {
    session.accessToken = `access-${randomUUID()}`
    session.refreshToken = `refresh-${randomUUID()}`
    session.issued.push(session.refreshToken)
    return {
      accessToken: session.accessToken,
      accessExpiresAt: new Date(Date.now() + accessMs).toISOString(),
      refreshToken: session.refreshToken,
    }
  }

  return {
    exchanges: 0,
    issueFor: (ms) => {
      accessMs = ms
    },
    start() {
      const session: HeldSession = { visitorId: randomUUID(), accessToken: '', refreshToken: '', issued: [] }
      sessions.set(session.visitorId, session)
      return { visitorId: session.visitorId, ...issue(session) }
    },
    exchange(refreshToken) {
      this.exchanges++
      const session = [...sessions.values()].find((one) => one.issued.includes(refreshToken))
      if (session === undefined) return null
      if (session.refreshToken === refreshToken) return issue(session)
      sessions.delete(session.visitorId)
      return null
    },
    refuseAccessTokens: () => {
      for (const session of sessions.values()) session.accessToken = 'refused'
    },
    endAll: () => sessions.clear(),
    findVisitor: (accessToken) =>
      [...sessions.values()].find((one) => one.accessToken === accessToken)?.visitorId ?? null,
  }
}

export interface SessionModel {
  /** How often tokens were exchanged. */
  exchanges: number
  issueFor(accessMs: number): void
  start(): Tokens & { visitorId: string }
  exchange(refreshToken: string): Tokens | null
  /** Every access token given out so far is refused from now on. */
  refuseAccessTokens(): void
  endAll(): void
  findVisitor(accessToken: string): string | null
}

interface HeldSession {
  visitorId: string
  accessToken: string
  refreshToken: string
  issued: string[]
}
