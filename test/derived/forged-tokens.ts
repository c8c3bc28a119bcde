import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { asSuperuser } from './tenant-tables.ts'

/**
 * Puts a key of ours among identity's, before any service has asked for them: so a token can be forged that is wrong in
 * one point only.
 */
export async function plantKey(stack: Stack): Promise<Key> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  // Identity's own is newer, and so the one that signs.
  const id = '00000000-0000-7000-8000-000000000001'
  const { x } = publicKey.export({ format: 'jwk' })
  await clientsOf(stack.url).identity.getJwks.query()
  await using identity = asSuperuser(stack, 'identity')
  await identity.query(
    `insert into signing_keys (id, public_key, sealed_private_key, created_at) values ($1, $2, '', 'epoch')`,
    [id, x],
  )
  return { id, privateKey, x: x! }
}

/** A token that is right in every point but those changed; `undefined` leaves one out. */
export function forge({ token, key }: Original, header: object = {}, claims: object = {}): string {
  return signed(
    key.privateKey,
    { ...headerOf(token), kid: key.id, ...header },
    { ...claimsOf(token), ...claims },
  )
}

/** Each way of forging that there is, from a genuine token of an agent and of another business. */
export const forgeries: Record<string, (original: Original) => string> = {
  'no algorithm': (from) => forge(from, { alg: 'none' }).replace(/[^.]*$/, ''),
  'no algorithm and a signature all the same': (from) => forge(from, { alg: 'none' }),
  'the public key as a shared secret': ({ token, key }) => {
    const text = join({ ...headerOf(token), kid: key.id, alg: 'HS256' }, claimsOf(token))
    return `${text}.${createHmac('sha256', Buffer.from(key.x, 'base64url')).update(text).digest('base64url')}`
  },
  'another algorithm named': (from) => forge(from, { alg: 'ES256' }),
  'the signature of another key': (from) => forge({ ...from, key: { ...stranger, id: from.key.id } }),
  'a key that nobody knows': (from) => forge(from, { kid: randomUUID() }),
  'no key named': (from) => forge(from, { kid: undefined }),
  'a key that it brings itself': (from) =>
    forge({ ...from, key: stranger }, { jwk: { kty: 'OKP', crv: 'Ed25519', x: stranger.x } }),
  'another type': (from) => forge(from, { typ: 'JWT' }),
  'another issuer': (from) => forge(from, {}, { iss: 'elsewhere' }),
  'another audience': (from) => forge(from, {}, { aud: 'elsewhere' }),
  'an end that has passed': (from) => forge(from, {}, { exp: now() - 1 }),
  'no end': (from) => forge(from, {}, { exp: undefined }),
  'a beginning that is to come': (from) => forge(from, {}, { nbf: now() + 60 }),
  'no time of issue': (from) => forge(from, {}, { iat: undefined }),
  'nobody in it': (from) => forge(from, {}, { sub: undefined }),
  'no tenant': (from) => forge(from, {}, { tenant: undefined }),
  'two tenants': (from) => forge(from, {}, { tenant: `${randomUUID()},${randomUUID()}` }),
  'a role that there is not': (from) => forge(from, {}, { role: 'god' }),
  'the name of a service': (from) => forge(from, {}, { kind: 'service', service: 'privacy' }),
  'another role than was signed': ({ token }) => tampered(token, { role: 'owner' }),
  'another tenant than was signed': ({ token }) => tampered(token, { tenant: randomUUID() }),
  'a later end than was signed': ({ token }) => tampered(token, { exp: now() + 86_400 }),
  'half a signature': ({ token }) => token.slice(0, -40),
  'no signature': ({ token }) => token.replace(/[^.]*$/, ''),
  'the token for renewal instead': ({ refreshToken }) => refreshToken,
  'two dots and nothing': () => '..',
  'nothing in it': () => '',
  'no token at all': () => 'x.y.z',
  'four thousand letters': () => 'A'.repeat(4_000),
}

export interface Original {
  /** Genuine, of an agent. */
  token: string
  refreshToken: string
  key: Key
}

interface Key {
  id: string
  privateKey: KeyObject
  x: string
}

const stranger = makeStranger()

function makeStranger(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { id: randomUUID(), privateKey, x: publicKey.export({ format: 'jwk' }).x! }
}

function signed(key: KeyObject, header: object, claims: object): string {
  const text = join(header, claims)
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}

function tampered(token: string, claims: object): string {
  return `${join(headerOf(token), { ...claimsOf(token), ...claims })}.${token.split('.')[2]}`
}

function join(...parts: object[]): string {
  return parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
}

function headerOf(token: string): object {
  return JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
}

function claimsOf(token: string): object {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
}

function now(): number {
  return Math.floor(Date.now() / 1_000)
}
