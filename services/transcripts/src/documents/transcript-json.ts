import type { Account } from '../domain/account.ts'

export function transcriptJson(account: Account, business: { name: string }): string {
  return `${JSON.stringify({ business: business.name, ...account }, null, 2)}\n`
}
