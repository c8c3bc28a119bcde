import type { Tokens } from '@candor/contracts/identity/schemas'
import type { TokenStore } from './token-store.ts'

/**
 * Tells copies of a session which pair replaced a spent one. Duplicating a tab copies its `sessionStorage`, and
 * the copy would otherwise use the spent refresh token and end the session for both.
 */
export function announceRotations(store: TokenStore): Rotations {
  if (typeof BroadcastChannel === 'undefined') return { announce: () => {}, close: () => {} }
  const channel = new BroadcastChannel(`${store.name}:rotations`)
  channel.addEventListener('message', ({ data }: MessageEvent<Rotation>) => {
    if (store.read()?.refreshToken === data.spentToken) store.write(data.tokens)
  })
  // In Node an open channel would keep the process running.
  ;(channel as { unref?: () => void }).unref?.()
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
    announce: (spentToken, tokens) => channel.postMessage({ spentToken, tokens } satisfies Rotation),
    close: () => channel.close(),
  }
}

interface Rotations {
  announce(spentToken: string, tokens: Tokens): void
  close(): void
}

interface Rotation {
  spentToken: string
  tokens: Tokens
}
