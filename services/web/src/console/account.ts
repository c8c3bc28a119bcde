import type { Business, StaffSession, StaffUser } from '@candor/contracts/identity/schemas'
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '../api/api.ts'
import { queryClient } from '../api/query-client.ts'
import { beginSession, endSession } from '../api/session.ts'

/** Who is signed in, for which business. Inside the signed-in pages only. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('useAccount is for pages behind the sign-in')
  return account
}

export const AccountContext = createContext<Account | null>(null)

export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: () => api.identity.me.query() })
}

/** Starts the session that a sign-up, sign-in or accepted invitation answered. */
export function enter({ user, business, ...tokens }: StaffSession): void {
  queryClient.clear()
  queryClient.setQueryData(meKey, { user, business })
  beginSession(tokens)
}

/** Signs out here even when the service can't be told; its session then ends by itself. */
export async function leave(): Promise<void> {
  await api.identity.signOut.mutate().catch(() => undefined)
  endSession()
  navigate('/sign-in')
}

export function isAdmin(user: StaffUser): boolean {
  return user.role !== 'agent'
}

export const meKey = ['me']

export interface Account {
  user: StaffUser
  business: Business
}
