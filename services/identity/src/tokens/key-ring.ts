import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import { seal, unseal } from '@candor/runtime/sealing'
import type { Base } from '@candor/service/connect'
import {
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  retireSigningKeys,
} from '../store/signing-keys.ts'
import type { StoredSigningKey } from '../store/signing-keys.ts'
import type { Database } from '../store/tables.ts'
import { deriveKey } from './derive-key.ts'
import { chooseSigner, isRenewalDue, outlived } from './key-ages.ts'

/**
 * The Ed25519 keys of access tokens, shared by all replicas through the database, private parts sealed. A new one is made in
 * time by whichever replica looks first, and old ones are retired.
 */
export function createKeyRing(
  deps: Pick<Base<Database>, 'db' | 'clock' | 'newId'>,
  rootKey: Buffer,
): KeyRing {
  const { db, clock } = deps
  const sealedWith = deriveKey(rootKey, 'signing-keys')
  let signer: Signer | undefined
  let readAt = -Infinity

  async function listKeys(): Promise<StoredSigningKey[]> {
    const keys = await listSigningKeys(db)
    const now = clock.now()
    return isRenewalDue(keys, now) || outlived(keys, now).length > 0 ? renew() : keys
  }

  function renew(): Promise<StoredSigningKey[]> {
    return db.transaction().execute(async (trx) => {
      await lockSigningKeys(trx)
      const now = clock.now()
      const keys = await listSigningKeys(trx)
      if (isRenewalDue(keys, now)) {
        const made = generateKey(deps.newId(), sealedWith, now)
        await insertSigningKey(trx, made)
        keys.unshift(made)
      }
      const old = outlived(keys, now)
      if (old.length > 0) await retireSigningKeys(trx, old, now)
      return keys.filter(({ id }) => !old.includes(id))
    })
  }

  return {
    async getSigner() {
      if (!signer || performance.now() - readAt > rereadAfterMs) {
        const chosen = chooseSigner(await listKeys(), clock.now())
        signer = { keyId: chosen.id, privateKey: open(chosen, sealedWith) }
        readAt = performance.now()
      }
      return signer
    },
    listPublicKeys: async () => (await listKeys()).map(toPublicKey),
  }
}

/** How soon a replica signs with a newer key. Until then the older one is as good. */
const rereadAfterMs = 60_000

function generateKey(id: string, sealedWith: Buffer, createdAt: Date): StoredSigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' })
  return {
    id,
    publicKey: publicKey.export({ format: 'jwk' }).x!,
    sealedPrivateKey: seal(sealedWith, id, plain),
    createdAt,
  }
}

function open({ id, sealedPrivateKey }: StoredSigningKey, sealedWith: Buffer): KeyObject {
  return createPrivateKey({ key: unseal(sealedWith, id, sealedPrivateKey), format: 'der', type: 'pkcs8' })
}

function toPublicKey({ id, publicKey }: StoredSigningKey): PublicKey {
  return { kty: 'OKP', crv: 'Ed25519', x: publicKey, kid: id, alg: 'EdDSA', use: 'sig' }
}

export interface KeyRing {
  /** The key that signs. */
  getSigner(): Promise<Signer>
  /** The keys that verify: all that are not retired. */
  listPublicKeys(): Promise<PublicKey[]>
}

interface Signer {
  keyId: string
  privateKey: KeyObject
}
