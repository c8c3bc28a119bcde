import { RequestKind } from '@candor/contracts/policy/policy'
import { useSyncExternalStore } from 'react'

/**
 * Takes the proof of a mailed link off the address bar and the history, where it would outlive its use. A link that is
 * opened in a tab of this page changes the fragment only, so that is watched too.
 */
export function watchProofLinks(): void {
  take()
  window.addEventListener('hashchange', take)
}

/** The link this tab was opened by, until it is used or put aside. */
export function useProofLink(): ProofLink | null {
  return useSyncExternalStore(subscribe, () => held)
}

export function dropProofLink(): void {
  hold(null)
}

/** What the fragment of a mailed link says. Without a kind it reads as the graver one, whose page warns. */
export function readProofLink(fragment: string): ProofLink | null {
  const params = new URLSearchParams(fragment.replace(/^#/, ''))
  const requestId = params.get('request')
  const proof = params.get('proof')
  if (!requestId || !proof) return null
  const kind = RequestKind.safeParse(params.get('kind'))
  return { requestId, proof, kind: kind.success ? kind.data : 'erasure' }
}

function take(): void {
  const found = readProofLink(location.hash)
  if (!found) return
  history.replaceState(history.state, '', location.pathname + location.search)
  hold(found)
}

function hold(link: ProofLink | null): void {
  held = link
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

let held: ProofLink | null = null
const listeners = new Set<() => void>()

export interface ProofLink {
  requestId: string
  proof: string
  kind: RequestKind
}
