import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { Base } from '@candor/service/connect'
import { insertSigningKey, listSigningKeys, lockSigningKeys } from '../store/signing-keys.ts'
import type { StoredSigningKey } from '../store/signing-keys.ts'
import type { Database } from '../store/tables.ts'
import { deriveKey } from './derive-key.ts'
import { seal, unseal } from './sealing.ts'

/** The Ed25519 keys of access tokens, shared by all replicas through the database, private parts sealed. */
export function createKeyRing(
  deps: Pick<Base<Database>, 'db' | 'clock' | 'newId'>,
  sealingKey: Buffer,
): KeyRing {
  const { db } = deps
  const sealedWith = deriveKey(sealingKey, 'signing-keys')
  let signer: Signer | undefined
  let readAt = -Infinity

  async function listKeys(): Promise<StoredSigningKey[]> {
    const keys = await listSigningKeys(db)
    return keys.length > 0 ? keys : [await makeFirstKey()]
  }

  function makeFirstKey(): Promise<StoredSigningKey> {
    return db.transaction().execute(async (trx) => {
      await lockSigningKeys(trx)
      const [made] = await listSigningKeys(trx)
      if (made) return made
      const key = generateKey(deps.newId(), sealedWith)
      await insertSigningKey(trx, { ...key, createdAt: deps.clock.now() })
      return key
    })
  }

  return {
    async getSigner() {
      if (!signer || performance.now() - readAt > rereadAfterMs) {
        const [newest] = await listKeys()
        signer = { keyId: newest!.id, privateKey: open(newest!, sealedWith) }
        readAt = performance.now()
      }
      return signer
    },
    listPublicKeys: async () => (await listKeys()).map(toPublicKey),
  }
}

/** How soon a replica signs with a newer key. Until then the older one is as good. */
const rereadAfterMs = 60_000

function generateKey(id: string, sealedWith: Buffer): StoredSigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' })
  return {
    id,
    publicKey: publicKey.export({ format: 'jwk' }).x!,
    sealedPrivateKey: seal(sealedWith, id, plain),
  }
}

function open({ id, sealedPrivateKey }: StoredSigningKey, sealedWith: Buffer): KeyObject {
  return createPrivateKey({ key: unseal(sealedWith, id, sealedPrivateKey), format: 'der', type: 'pkcs8' })
}

function toPublicKey({ id, publicKey }: StoredSigningKey): PublicKey {
  return { kty: 'OKP', crv: 'Ed25519', x: publicKey, kid: id, alg: 'EdDSA', use: 'sig' }
}

export interface KeyRing {
  /** The key that signs: the newest. */
  getSigner(): Promise<Signer>
  /** The keys that verify: all that are not retired. */
  listPublicKeys(): Promise<PublicKey[]>
}

interface Signer {
  keyId: string
  privateKey: KeyObject
}
