/** What opens the state of a closed account, for an hour and in this tab: there is no sign-in to it any more. */
export interface ClosureToken {
  closureId: string
  accessToken: string
}

export function rememberClosure({ closureId, accessToken }: ClosureToken): void {
  sessionStorage.setItem(key, JSON.stringify({ closureId, accessToken }))
}

export function recallClosure(): ClosureToken | null {
  const stored = sessionStorage.getItem(key)
  return stored ? (JSON.parse(stored) as ClosureToken) : null
}

const key = 'candor.closure'
