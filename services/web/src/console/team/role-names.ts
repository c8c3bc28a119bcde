import type { Role } from '@candor/contracts/callers'

export const roleNames: Record<Role, string> = { owner: 'Owner', admin: 'Admin', agent: 'Agent' }

export const roleDuties: Record<Role, string> = {
  owner: 'Everything, and the bill',
  admin: 'Answers, team, invoices, privacy requests',
  agent: 'Answers visitors',
}
