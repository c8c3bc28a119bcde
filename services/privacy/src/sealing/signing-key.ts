import { PublicKey } from '@candor/contracts/identity/schemas'
import type { Clock } from '@candor/runtime/clock'
import { exportJWK, generateKeyPair, importJWK } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import type { Kysely } from 'kysely'
import { keyIdOf } from '@candor/audit-log/open-head'
import { insertSigningKey, lockSigningKeys, readNewestSigningKey } from '../store/signing-keys.ts'
import type { Database } from '../store/tables.ts'
import type { Sealer } from './sealer.ts'

/** The key that signs receipts, made at the first start; replicas that start together wait for one another. */
export async function loadSigningKey(deps: {
  db: Kysely<Database>
  sealer: Sealer
  clock: Clock
}): Promise<SigningKey> {
  const stored = await deps.db.transaction().execute(async (trx) => {
    await lockSigningKeys(trx)
    return (
      (await readNewestSigningKey(trx)) ??
      (await insertSigningKey(trx, await makeKey(deps.sealer, deps.clock.now())))
    )
  })
  const privateJwk = JSON.parse(
    deps.sealer.open(stored.sealedPrivate, contextOf(stored.publicKey.kid)),
  ) as JWK
  return { publicKey: stored.publicKey, privateKey: (await importJWK(privateJwk, 'EdDSA')) as CryptoKey }
}

async function makeKey(sealer: Sealer, now: Date) {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const { kty, crv, x } = (await exportJWK(pair.publicKey)) as Pick<PublicKey, 'kty' | 'crv' | 'x'>
  const kid = await keyIdOf({ kty, crv, x })
  const publicKey = PublicKey.parse({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' })
  const sealedPrivate = sealer.seal(JSON.stringify(await exportJWK(pair.privateKey)), contextOf(kid))
  return { publicKey, sealedPrivate, createdAt: now }
}

function contextOf(kid: string): string[] {
  return ['signing-key', kid]
}

export interface SigningKey {
  readonly publicKey: PublicKey
  readonly privateKey: CryptoKey
}
