import { channels } from '@candor/contracts/policy/categories'
import type { Channel } from '@candor/contracts/policy/categories'
import type { TranscriptsRouter } from '@candor/contracts/transcripts'
import type { inferRouterInputs } from '@trpc/server'

/** What the search is narrowed to, as it stands in the address. */
export interface Filters {
  channel: string
  from: string
  to: string
  agent: string
  address: string
  answered: string
}

export const filterNames = ['channel', 'from', 'to', 'agent', 'address', 'answered'] as const

export function readFilters(params: URLSearchParams): Filters {
  const read = (name: keyof Filters) => params.get(name) ?? ''
  return {
    channel: read('channel'),
    from: read('from'),
    to: read('to'),
    agent: read('agent'),
    address: read('address'),
    answered: read('answered'),
  }
}

/** The same as the service takes it. Days are those of whoever looks; what is no day or choice narrows nothing. */
export function toSearchInput({ channel, from, to, agent, address, answered }: Filters): SearchInput {
  const first = startOfDay(from)
  const last = startOfDay(to)
  last?.setDate(last.getDate() + 1)
  return {
    ...(isChannel(channel) ? { channel } : {}),
    ...(first ? { closedFrom: first.toISOString() } : {}),
    ...(last ? { closedBefore: last.toISOString() } : {}),
    ...(/^[0-9a-f-]{36}$/.test(agent) ? { staffId: agent } : {}),
    ...(address === 'yes' || address === 'no' ? { hasAddress: address === 'yes' } : {}),
    ...(answered === 'yes' || answered === 'no' ? { isAnswered: answered === 'yes' } : {}),
  }
}

function isChannel(name: string): name is Channel {
  return (channels as readonly string[]).includes(name)
}

function startOfDay(day: string): Date | undefined {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(day)) return undefined
  const start = new Date(`${day}T00:00`)
  return Number.isNaN(start.getTime()) ? undefined : start
}

type SearchInput = inferRouterInputs<TranscriptsRouter>['searchTranscripts']
