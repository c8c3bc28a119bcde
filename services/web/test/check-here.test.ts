import { generateKeyPairSync, sign } from 'node:crypto'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import { expect, test } from 'vitest'
import { checkHere } from '../src/privacy/receipt/check-here.ts'

const issuer = makeIssuer('issuer')
const receipt = { requestId: 'r1', services: [{ service: 'chat', rows: 2 }] }
const jws = issuer.sign('candor-receipt+jwt', receipt)

test('a receipt is checked with the published keys alone, as a file or as the bare signature', async () => {
  const keys = [makeIssuer('earlier').publicKey, issuer.publicKey]
  expect(await checkHere(jws, keys)).toEqual({ valid: true, receipt })
  expect(await checkHere(JSON.stringify({ receipt, jws }), keys)).toEqual({ valid: true, receipt })
})

test('with any one byte changed it is refused', async () => {
  for (let at = 0; at < jws.length; at++) {
    const changed = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`
    expect(await checkHere(changed, [issuer.publicKey]), `at ${at}`).toMatchObject({ valid: false })
  }
})

test('what another has signed, what is no receipt, and a file that says something else are refused with the reason', async () => {
  const reasonOf = async (text: string, keys = [issuer.publicKey]) => {
    const verdict = await checkHere(text, keys)
    return verdict.valid ? 'valid' : verdict.reason
  }
  expect(await reasonOf(jws, [])).toContain('a key that is not known here')
  expect(await reasonOf(jws, [makeIssuer('issuer').publicKey])).toContain('signature does not fit')
  expect(await reasonOf(issuer.sign('at+jwt', receipt))).toContain('not as an erasure receipt')
  expect(await reasonOf(JSON.stringify({ receipt: { ...receipt, requestId: 'r2' }, jws }))).toContain(
    'not what was signed',
  )
})

function makeIssuer(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    publicKey: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' } as PublicKey,
    sign(typ: string, payload: object) {
      const said = `${encode({ alg: 'EdDSA', typ, kid })}.${encode(payload)}`
      return `${said}.${sign(null, Buffer.from(said), privateKey).toString('base64url')}`
    },
  }
}
