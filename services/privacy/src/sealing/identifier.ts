import type { SubjectRef } from '@candor/contracts/data-holder'

/** By what a person has proven themselves: a mail address, or the session they were signed in with. */
export type Identifier = string

export function ofVisitor(visitorId: string): Identifier {
  return `visitor:${visitorId}`
}

export function ofStaff(userId: string): Identifier {
  return `staff:${userId}`
}

/** The address, where it is one: only then can a letter be sent. */
export function addressOf(identifier: Identifier): string | undefined {
  return identifier.includes('@') ? identifier : undefined
}

/** Where the search for a person begins. `personId` is how privacy itself knows them. */
export function refer(tenantId: string, identifier: Identifier, personId?: string | null): SubjectRef {
  const [email, userId] = [addressOf(identifier), idAfter('staff:', identifier)]
  const visitorId = idAfter('visitor:', identifier)
  return {
    tenantId,
    emails: email ? [email] : [],
    visitorIds: [personId, visitorId].filter((id) => id !== undefined && id !== null),
    userIds: userId ? [userId] : [],
  }
}

function idAfter(prefix: string, identifier: Identifier): string | undefined {
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length) : undefined
}
