import { createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { KeyObject, KeyPairKeyObjectResult } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import { createTokenVerifier } from '@candor/rpc/access-token'
import { movableClock } from '@candor/testing/movable-clock'
import { testTokens } from '@candor/testing/test-tokens'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'

const clock = movableClock('2026-11-21T12:00:00.000Z')
const now = clock.now().getTime() / 1000
const tenant = randomUUID()
const claims = { kind: 'staff', tenant, session: randomUUID(), role: 'owner' } as const
const sub = randomUUID()
let tokens: Awaited<ReturnType<typeof testTokens>>
const attacker = generateKeyPairSync('ed25519')
beforeAll(async () => {
  tokens = await testTokens(clock)
})
afterEach(() => void vi.useRealTimers())

const refusal = { reason: 'not-signed-in' }

/** A token with everything right, each part of which a test can put wrong; `undefined` leaves a part out. */
function forge(options: { header?: object; payload?: object; key?: KeyObject } = {}): string {
  const header = { alg: 'EdDSA', typ: 'at+jwt', kid: 'test', ...options.header }
  const registered = { sub, iss: 'candor', aud: 'candor', iat: now, exp: now + 600 }
  const text = `${encode(header)}.${encode({ ...claims, ...registered, ...options.payload })}`
  const signature = sign(null, Buffer.from(text), options.key ?? attacker.privateKey)
  return `${text}.${signature.toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function publicHalf(pair: KeyPairKeyObjectResult, kid: string): PublicKey {
  const { x } = pair.publicKey.export({ format: 'jwk' })
  return { kty: 'OKP', crv: 'Ed25519', x: x!, kid, alg: 'EdDSA', use: 'sig' }
}

test('a token that identity signed names its caller', async () => {
  const session = randomUUID()
  const callerOf = async (signed: Promise<string>) => (await tokens.verifyToken(await signed)).caller
  expect(await callerOf(tokens.sign({ ...claims, sub }))).toEqual({
    kind: 'staff',
    tenantId: tenant,
    userId: sub,
    role: 'owner',
    sessionId: claims.session,
  })
  expect(await callerOf(tokens.sign({ kind: 'visitor', tenant, sub, session }))).toEqual({
    kind: 'visitor',
    tenantId: tenant,
    visitorId: sub,
    sessionId: session,
  })
  expect(await callerOf(tokens.sign({ kind: 'subject', tenant, sub }))).toEqual({
    kind: 'subject',
    tenantId: tenant,
    requestId: sub,
  })
})

test('whoever verifies a token learns how much longer it is good for, each time anew', async () => {
  const clock = movableClock()
  const { sign, verifyToken } = await testTokens(clock)
  const token = await sign({ ...claims, sub }, 60)
  const first = (await verifyToken(token)).validForMs
  expect(first).toBeGreaterThan(58_000)
  clock.advance(45_000)
  expect((await verifyToken(token)).validForMs).toBeLessThanOrEqual(15_000)
})

test('a token signed by any other key is refused, though it names a known one', async () => {
  await expect(tokens.verifyToken(forge())).rejects.toMatchObject(refusal)
})

test('a token that says it needs no signature is refused', async () => {
  const payload = encode({ ...claims, sub, iss: 'candor', aud: 'candor', iat: 0, exp: 9e9 })
  for (const alg of ['none', 'None', 'NONE']) {
    const header = encode({ alg, typ: 'at+jwt', kid: 'test' })
    for (const token of [`${header}.${payload}.`, `${header}.${payload}`])
      await expect(tokens.verifyToken(token)).rejects.toMatchObject(refusal)
  }
})

test('a token signed with the public key as if it were a shared secret is refused', async () => {
  const { x } = tokens.publicKey
  const spki = createPublicKey({ key: { ...tokens.publicKey }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  })
  const secrets = [x, Buffer.from(x, 'base64url'), spki, JSON.stringify(tokens.publicKey)]
  const payload = encode({ ...claims, sub, iss: 'candor', aud: 'candor', iat: 0, exp: 9e9 })
  const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'test' })}.${payload}`
  for (const secret of secrets) {
    const token = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    await expect(tokens.verifyToken(token)).rejects.toMatchObject(refusal)
  }
})

/** Signed by identity's own key, and still not an access token of ours. */
function verifySignedByIdentity(wrong: { header?: object; payload?: object }) {
  const identity = generateKeyPairSync('ed25519')
  const verifyToken = createTokenVerifier({ clock, fetchKeys: async () => [publicHalf(identity, 'test')] })
  return verifyToken(forge({ key: identity.privateKey, ...wrong }))
}

const wrongs: Record<string, { header?: object; payload?: object }> = {
  'of another type': { header: { typ: 'JWT' } },
  'of no type': { header: { typ: undefined } },
  'of another issuer': { payload: { iss: 'elsewhere' } },
  'of no issuer': { payload: { iss: undefined } },
  'for another audience': { payload: { aud: 'elsewhere' } },
  'for no audience': { payload: { aud: undefined } },
  'that expired a second ago': { payload: { exp: now - 1 } },
  'that never expires': { payload: { exp: undefined } },
  'that is not valid yet': { payload: { nbf: now + 60 } },
  'that does not say when it was issued': { payload: { iat: undefined } },
  'of nobody': { payload: { sub: undefined } },
  'of somebody who is no id': { payload: { sub: 'ada' } },
  'with a role that there is not': { payload: { role: 'god' } },
  'of a kind that there is not': { payload: { kind: 'service', service: 'privacy' } },
  'with no tenant': { payload: { tenant: undefined } },
  'with several tenants': { payload: { tenant: `${tenant},${randomUUID()}` } },
  'that demands an extension we do not know': { header: { crit: ['exp2'], exp2: 1 } },
  'that names another algorithm': { header: { alg: 'ES256' } },
  'that names no key': { header: { kid: undefined } },
  'that names a key by something else than a text': { header: { kid: ['test'] } },
}

test('the tokens that the next tests put wrong are accepted as they are', async () => {
  await expect(verifySignedByIdentity({})).resolves.toMatchObject({ caller: { userId: sub } })
})

test.for(Object.entries(wrongs))('a token %s is refused', async ([, wrong]) => {
  await expect(verifySignedByIdentity(wrong)).rejects.toMatchObject(refusal)
})

test('a key that the token itself brings or points to is never used', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    response.end(JSON.stringify({ keys: [] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  const jwk = publicHalf(attacker, 'mine')
  for (const header of [{ jwk }, { jku: url }, { x5u: url }, { x5c: ['AAAA'] }]) {
    for (const kid of ['test', 'mine'])
      await expect(tokens.verifyToken(forge({ header: { ...header, kid } }))).rejects.toMatchObject(refusal)
  }
  expect(asked).toEqual([])
  server.close()
})

test.for([
  ['nothing', ''],
  ['a word', 'x'],
  ['two parts', 'a.b'],
  ['three parts', 'a.b.c'],
  ['empty parts', '..'],
  ['an empty header', 'e30.e30.e30'],
  ['a long one', `eyJhbGciOiJFZERTQSJ9.${'A'.repeat(4_000)}.`],
] as const)('what is no token at all, as %s, is refused the same', async ([, text]) => {
  await expect(tokens.verifyToken(text)).rejects.toMatchObject(refusal)
})

test('a token that was changed after signing is refused', async () => {
  const [header, payload, signature] = (await tokens.sign({ ...claims, sub, role: 'agent' })).split('.')
  const promoted = JSON.parse(Buffer.from(payload!, 'base64url').toString())
  const token = `${header}.${encode({ ...promoted, role: 'owner' })}.${signature}`
  await expect(tokens.verifyToken(token)).rejects.toMatchObject(refusal)
})

test('the refusal says nothing of what was wrong', async () => {
  const messages = [forge(), 'a.b.c', await tokens.sign({ ...claims, sub }, -1)].map((token) =>
    tokens.verifyToken(token).catch((err: Error) => err.message),
  )
  expect(new Set(await Promise.all(messages)).size).toBe(1)
})

/** Identity with keys that a test adds and withdraws. */
function keySource() {
  vi.useFakeTimers({ toFake: ['performance'] })
  const identity = {
    keys: [] as PublicKey[],
    asked: 0,
    away: undefined as undefined | (() => Promise<never>),
  }
  const verifyToken = createTokenVerifier({
    clock,
    refetchAfterMs: 30_000,
    fetchKeys: async () => {
      identity.asked++
      await new Promise(setImmediate)
      await identity.away?.()
      return identity.keys
    },
  })
  const addKey = (kid: string) => {
    const pair = generateKeyPairSync('ed25519')
    identity.keys.push(publicHalf(pair, kid))
    return () => forge({ header: { kid }, key: pair.privateKey })
  }
  return { identity, verifyToken, addKey }
}

test('keys are fetched once for all calls that come together', async () => {
  const { identity, verifyToken, addKey } = keySource()
  const signFirst = addKey('first')
  const token = signFirst()
  await Promise.all(Array.from({ length: 50 }, () => verifyToken(token)))
  expect(identity.asked).toBe(1)
})

test('a new key is fetched when a token names it, and made-up keys cause one question an interval', async () => {
  const { identity, verifyToken, addKey } = keySource()
  const first = addKey('first')
  await verifyToken(first())
  const second = addKey('second')
  vi.advanceTimersByTime(31_000)
  await verifyToken(second())
  expect(identity.asked).toBe(2)
  for (let n = 0; n < 20; n++) {
    const madeUp = verifyToken(forge({ header: { kid: `made-up-${n}` } }))
    await expect(madeUp).rejects.toMatchObject(refusal)
  }
  expect(identity.asked).toBe(2)
  vi.advanceTimersByTime(31_000)
  const flood = Array.from({ length: 20 }, async (_, n) => verifyToken(forge({ header: { kid: `x${n}` } })))
  await Promise.allSettled(flood)
  expect(identity.asked).toBe(3)
  await verifyToken(first())
})

test('a key that identity has withdrawn is forgotten within minutes', async () => {
  const { identity, verifyToken, addKey } = keySource()
  const first = addKey('first')
  await verifyToken(first())
  identity.keys.length = 0
  vi.advanceTimersByTime(10 * 60_000)
  await expect(verifyToken(first())).rejects.toMatchObject(refusal)
})

test.each([
  ['refuses', async () => Promise.reject(new Error('away'))],
  ['never answers', () => new Promise<never>(() => {})],
])('while identity is away and %s, known keys go on, without every call asking for them', async (_, away) => {
  const { identity, verifyToken, addKey } = keySource()
  const first = addKey('first')
  await verifyToken(first())
  identity.away = away
  vi.advanceTimersByTime(10 * 60_000)
  for (let n = 0; n < 10; n++) await verifyToken(first())
  expect(identity.asked).toBe(2)
})
