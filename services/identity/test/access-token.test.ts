import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { identity as identityContract } from '@candor/contracts/identity'
import { createTokenVerifier } from '@candor/rpc/access-token'
import { createServiceClient } from '@candor/rpc/service-client'
import { idGenerator } from '@candor/runtime/ids'
import { seal, unseal } from '@candor/runtime/sealing'
import { openRootKey } from '@candor/service/root-key'
import { minute } from '@candor/testing/movable-clock'
import { base64url, decodeProtectedHeader, SignJWT } from 'jose'
import type { JWTHeaderParameters } from 'jose'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/store/tables.ts'
import { deriveKey } from '../src/tokens/derive-key.ts'
import { createKeyRing } from '../src/tokens/key-ring.ts'
import { identityClient, password, refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

const SEALING_KEY = Buffer.alloc(32, 7)
let identity: TestIdentity
let rootKey: Buffer
beforeAll(async () => {
  identity = await startTestIdentity({ SEALING_KEY })
  const pool = new pg.Pool({ connectionString: identity.database.appUrl, max: 1 })
  await using db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  rootKey = await openRootKey({ db, clock: identity.clock }, { SEALING_KEY })
})
afterAll(() => identity[Symbol.asyncDispose]())

/** The service's own private key, to forge tokens that are wrong in one point only. */
async function stolenKey() {
  const [row] = await identity.query('select * from signing_keys')
  const plain = unseal(deriveKey(rootKey, 'signing-keys'), row!.id, row!.sealed_private_key)
  return {
    keyId: row!.id as string,
    privateKey: createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }),
  }
}

test('all replicas share one key, whose private part is sealed and whose public part verifies', async () => {
  const { keys } = await identity.anyone.getJwks.query()
  expect(keys).toEqual([
    { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), alg: 'EdDSA', use: 'sig' },
  ])
  expect(await identity.elsewhere.getJwks.query()).toEqual({ keys })
  const [row] = await identity.query('select sealed_private_key from signing_keys')
  expect(() => createPrivateKey({ key: row!.sealed_private_key, format: 'der', type: 'pkcs8' })).toThrow()

  const session = await identity.signUp()
  const verify = createTokenVerifier({ clock: identity.clock, fetchKeys: async () => keys })
  expect((await verify(session.accessToken)).caller).toMatchObject({
    kind: 'staff',
    role: 'owner',
    userId: session.user.id,
  })
})

test('tokens of staff and visitors last ten minutes, those of data subjects an hour', async () => {
  const session = await identity.signUp()
  const visitor = await identity.anyone.startVisitorSession.mutate({ widgetKey: session.business.widgetKey })
  const privacy = createServiceClient(identityContract, {
    nats: await identity.nats.connect('privacy'),
    self: 'privacy',
  })
  const input = { tenantId: session.business.id, requestId: randomUUID() }
  const subject = await privacy.issueSubjectToken.mutate(input)
  const { keys } = await identity.anyone.getJwks.query()
  const verify = createTokenVerifier({ clock: identity.clock, fetchKeys: async () => keys })
  expect((await verify(subject.accessToken)).caller).toEqual({ kind: 'subject', ...input })
  const minutesLeft = (time: string) =>
    Math.round((Date.parse(time) - identity.clock.now().getTime()) / minute)
  expect([session, visitor, subject].map((token) => minutesLeft(token.accessExpiresAt))).toEqual([10, 10, 60])
  identity.clock.advance(11 * minute)
  await expect(verify(session.accessToken)).rejects.toThrow()
  await expect(verify(visitor.accessToken)).rejects.toThrow()
  await verify(subject.accessToken)
})

test('forged tokens open nothing', async () => {
  const session = await identity.signUp()
  const { keyId, privateKey } = await stolenKey()
  const header: JWTHeaderParameters = { alg: 'EdDSA', typ: 'at+jwt', kid: keyId }
  const issued = Math.floor(identity.clock.now().getTime() / 1000)
  const claims = {
    kind: 'staff',
    tenant: session.business.id,
    sub: session.user.id,
    session: randomUUID(),
    role: 'owner',
    iss: 'candor',
    aud: 'candor',
    iat: issued,
    exp: issued + 600,
  }
  const forge = (changed: object, headers: object = {}, key = privateKey) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ ...header, ...headers }).sign(key)
  const part = (value: object) => base64url.encode(JSON.stringify(value))
  const asPublic = Buffer.from((await identity.anyone.getJwks.query()).keys[0]!.x, 'base64url')

  const forged = {
    'no algorithm': `${part({ ...header, alg: 'none' })}.${part(claims)}.`,
    'the public key as a shared secret': await new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(asPublic),
    'another key of the same name': await forge({}, {}, generateKeyPairSync('ed25519').privateKey),
    'an unknown key': await forge({}, { kid: 'unknown' }),
    'no key id': await forge({}, { kid: undefined }),
    'another type': await forge({}, { typ: 'JWT' }),
    'another audience': await forge({ aud: 'elsewhere' }),
    'another issuer': await forge({ iss: 'elsewhere' }),
    expired: await forge({ exp: issued - 1 }),
    'no expiry': await forge({ exp: undefined }),
    'a role there is not': await forge({ role: 'god' }),
    'a changed payload': (await forge({})).replace(
      /\.[^.]+\./,
      `.${part({ ...claims, sub: randomUUID() })}.`,
    ),
    'no token at all': 'x.y.z',
  }
  const outcomes: Record<string, string> = {}
  for (const [what, accessToken] of Object.entries(forged)) {
    outcomes[what] = await identity
      .as({ accessToken })
      .me.query()
      .then(
        () => 'let in',
        (err) => err.data.reason,
      )
  }
  expect(outcomes).toEqual(Object.fromEntries(Object.keys(forged).map((what) => [what, 'not-signed-in'])))
  // What the forgeries differ from is a token that works.
  await identity.as({ accessToken: await forge({}) }).me.query()
})

test('a newer key signs, the older one verifies until it is retired', async () => {
  const { user, business } = await identity.signUp()
  const older = (await stolenKey()).keyId
  const newer = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' })
  const sealed = seal(deriveKey(rootKey, 'signing-keys'), newer, plain)
  const row = [newer, publicKey.export({ format: 'jwk' }).x, sealed]
  await identity.query('insert into signing_keys values ($1, $2, $3, now(), null)', row)

  const { client, url } = await identity.replica()
  const byOlder = await identity.anyone.signIn.mutate({ email: user.email, password })
  const byNewer = await client.signIn.mutate({ email: user.email, password })
  expect([byOlder, byNewer].map(({ accessToken }) => decodeProtectedHeader(accessToken).kid)).toEqual([
    older,
    newer,
  ])
  const meAt = (at: string, { accessToken }: { accessToken: string }) =>
    identityClient(at, { authorization: `Bearer ${accessToken}` }).me.query()
  for (const session of [byOlder, byNewer]) expect(await meAt(url, session)).toEqual({ user, business })

  await identity.query('update signing_keys set retired_at = now() where id = $1', [older])
  const after = await identity.replica()
  await expect(meAt(after.url, byOlder)).rejects.toMatchObject(refusal('not-signed-in'))
  expect(await meAt(after.url, byNewer)).toEqual({ user, business })
})

test('of replicas that find no key at once, one makes it', async () => {
  await identity.query('update signing_keys set retired_at = now() where retired_at is null')
  const pool = new pg.Pool({ connectionString: identity.database.appUrl, max: 8 })
  await using db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const newId = idGenerator(identity.clock)
  const rings = Array.from({ length: 8 }, () => createKeyRing({ db, newId, clock: identity.clock }, rootKey))
  const signers = await Promise.all(rings.map((ring) => ring.getSigner()))
  expect(new Set(signers.map(({ keyId }) => keyId)).size).toBe(1)
})

test('where every key is retired, the next one is made by itself', async () => {
  const { user } = await identity.signUp()
  await identity.query('update signing_keys set retired_at = now() where retired_at is null')
  const { client } = await identity.replica()
  const session = await client.signIn.mutate({ email: user.email, password })
  const { keys } = await identity.anyone.getJwks.query()
  expect(keys.map(({ kid }) => kid)).toEqual([decodeProtectedHeader(session.accessToken).kid])
})
