import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Everything the provider knows, in one file that is replaced as a whole. Card numbers are no part of it. */
export function openState(path: string): StateFile {
  mkdirSync(dirname(path), { recursive: true })
  const state = readState(path)
  return {
    state,
    save() {
      state.sessions.splice(0, state.sessions.length - sessionsKept)
      writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}

function readState(path: string): State {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { sessions: [], deliveries: [] }
  }
}

const sessionsKept = 1_000

export interface StateFile {
  readonly state: State
  save(): void
}

export interface State {
  /** Oldest first. */
  sessions: Session[]
  /** Webhooks that were not yet accepted. */
  deliveries: Delivery[]
}

export interface Session {
  id: string
  paymentId: string
  createdAt: string
  status: 'open' | 'paid' | 'cancelled'
  reference: string
  description: string
  amountMinor: number
  currency: string
  refundedMinor: number
  successUrl: string
  cancelUrl: string
  webhookUrl: string
  /** What repeats of the same request are known by. */
  idempotency: { key: string; bodyHash: string } | null
}

export interface Delivery {
  id: string
  url: string
  body: string
  attempts: number
}
