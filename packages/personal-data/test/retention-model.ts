import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { endOf } from '@candor/policy/period'

/** What the tables of the club hold of one tenant, and what retention does to it, in the plainest words. */
export interface Model {
  policy: Policy
  held: Set<CategoryId>
  members: Map<string, { name: string | null; counts: Date }>
  talks: Map<string, Talk>
  visits: Date[]
}

interface Talk {
  memberId: string
  channel: 'chat' | 'mail'
  page: string | null
  topic: string | null
  text: string
  updatedAt: Date
  closedAt: Date | null
}

export function sweepModel(model: Model, now: Date): void {
  const { talks, members, held } = model
  const isPast = (category: CategoryId, from: Date, channel: 'chat' | 'mail' = 'chat') => {
    const { period, byChannel } = model.policy.categories[category].retention
    const own = byChannel[channel] ?? period
    return own !== null && endOf(from, own) <= now
  }
  const ends = (talk: Talk) => talk.closedAt ?? talk.updatedAt
  const isFree = !held.has('conversation') && !held.has('usage-facts')
  for (const [id, talk] of talks) {
    if (isFree && isPast('conversation', ends(talk), talk.channel)) {
      const member = members.get(talk.memberId)!
      if (member.counts < ends(talk)) member.counts = ends(talk)
      talks.delete(id)
      continue
    }
    if (!held.has('usage-facts') && isPast('usage-facts', ends(talk), talk.channel)) talk.page = null
    if (!held.has('conversation') && isPast('conversation', ends(talk), talk.channel)) {
      talk.topic = null
      talk.text = '[erased]'
    }
  }
  for (const [id, member] of members) {
    const own = [...talks.values()].filter(({ memberId }) => memberId === id)
    const isOver =
      isPast('contact-details', member.counts) &&
      own.every((talk) => isPast('contact-details', ends(talk), talk.channel))
    if (held.has('contact-details') || !isOver) continue
    if (own.length === 0) members.delete(id)
    else member.name = null
  }
  if (!held.has('cookie-yield')) model.visits = model.visits.filter((at) => !isPast('cookie-yield', at))
}

/** What is to be compared: everything a person could still be known by. */
export function readModel({ members, talks, visits }: Model) {
  return {
    members: [...members].map(([id, { name }]) => ({ id, name })).toSorted(byId),
    talks: [...talks]
      .map(([id, { page, topic, text }]) => ({ id, page, topic, words: [text, text] }))
      .toSorted(byId),
    visits: visits.map((at) => at.toISOString()).toSorted(),
  }
}

export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}
