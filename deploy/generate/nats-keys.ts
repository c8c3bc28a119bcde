import { natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { createUser } from '@nats-io/nkeys'
import { keyNames } from './nats-users.ts'

/** A user's key, and the one that is already let in for the day it is replaced. */
export function newKeys(): { current: NatsKey; next: NatsKey } {
  return { current: newKey(), next: newKey() }
}

/** The public halves, as the servers read them beside users.conf. */
export function keysConfig(keys: Record<NatsUser, { current: NatsKey; next: NatsKey }>): string {
  return natsUsers
    .flatMap((user) => {
      const [current, next] = keyNames(user)
      return [`${current}: ${keys[user].current.publicKey}\n`, `${next}: ${keys[user].next.publicKey}\n`]
    })
    .join('')
}

function newKey(): NatsKey {
  const pair = createUser()
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() }
}

export interface NatsKey {
  readonly seed: string
  readonly publicKey: string
}
