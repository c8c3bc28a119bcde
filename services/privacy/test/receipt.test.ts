import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { OutputOf } from '@candor/contracts/contract'
import type { privacy as contract } from '@candor/contracts/privacy'
import { some } from '@candor/testing/long-form'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readReceiptFile } from '../src/domain/receipt-file.ts'
import { startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
let file: OutputOf<(typeof contract)['procedures']['getReceipt']>
let folder: string
beforeAll(async () => {
  privacy = await startTestPrivacy()
  const { client, request } = await privacy.prove('erasure', 'ada@example.org')
  await privacy.completed(client, request.id)
  file = await client.getReceipt.query({ requestId: request.id })
  folder = await mkdtemp(join(tmpdir(), 'receipt-'))
})
afterAll(async () => {
  await privacy[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

test('anyone can have a receipt verified', async () => {
  expect(await privacy.as().verifyReceipt.query({ jws: file.jws })).toEqual({
    valid: true,
    receipt: file.receipt,
  })
  const staff = await privacy.staff('shop', 'owner')
  expect(await staff.getReceipt.query({ requestId: file.receipt.requestId })).toEqual(file)
})

test('a receipt verifies offline, and with any one of its bytes changed it does not', async () => {
  expect(await readReceiptFile(JSON.stringify(file), undefined)).toMatchObject({
    receipt: file.receipt,
    keyGiven: false,
  })
  expect(await readReceiptFile(file.jws, JSON.stringify(file.publicKey))).toMatchObject({ keyGiven: true })
  const key = JSON.stringify(file.publicKey)
  for (const at of some(
    [...file.jws].map((_, place) => place),
    200,
  )) {
    // The smallest change at each place; a full stop, which would part it otherwise, at some.
    const other = at % 10 === 9 && file.jws[at] !== '.' ? '.' : nextCharacter(file.jws[at]!)
    const changed = file.jws.slice(0, at) + other + file.jws.slice(at + 1)
    await expect(readReceiptFile(changed, key), `${other} at ${at}`).rejects.toThrow()
  }
}, 60_000)

test('a changed readable part, key or addition is refused', async () => {
  const refused = (changes: object, reason: RegExp) =>
    expect(readReceiptFile(JSON.stringify({ ...file, ...changes }), undefined)).rejects.toThrow(reason)
  const { receipt, publicKey } = file
  await refused({ receipt: { ...receipt, completedAt: '2020-01-01T00:00:00.000Z' } }, /something else/)
  await refused({ receipt: { ...receipt, note: 'hello' } }, /something else/)
  await refused({ note: 'hello' }, /not as it was downloaded/)
  await refused({ publicKey: { ...publicKey, kid: 'another' } }, /name of another/)
  const { x } = await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).publicKey)
  await refused({ publicKey: { ...publicKey, x } }, /name of another/)
})

test('what is no receipt is refused with the reason in words', async () => {
  const verify = (jws: string) => privacy.as().verifyReceipt.query({ jws })
  const { privateKey } = await generateKeyPair('EdDSA')
  const sign = (typ: string, kid: string) =>
    new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', typ, kid }).sign(privateKey)
  const { kid } = file.publicKey
  expect(await verify('hello')).toEqual({ valid: false, reason: expect.stringContaining('not a receipt') })
  expect(await verify(await sign('at+jwt', kid))).toEqual({
    valid: false,
    reason: expect.stringContaining('not as an erasure'),
  })
  expect(await verify(await sign('candor-receipt+jwt', 'other'))).toEqual({
    valid: false,
    reason: expect.stringContaining('key'),
  })
  expect(await verify(await sign('candor-receipt+jwt', kid))).toEqual({
    valid: false,
    reason: expect.stringContaining('signature'),
  })
})

test('the command verifies a downloaded file and tells what was erased, what stays and why', async () => {
  const run = promisify(execFile)
  const command = new URL('../src/verify-receipt.ts', import.meta.url).pathname
  const [receiptPath, keyPath, changedPath] = ['receipt.json', 'key.json', 'changed.jws'].map((name) =>
    join(folder, name),
  )
  await writeFile(receiptPath!, JSON.stringify(file, null, 2))
  await writeFile(keyPath!, JSON.stringify(file.publicKey))
  await writeFile(changedPath!, `${file.jws.slice(0, -10)}AAAAAAAAAA`)
  const env = { PATH: process.env.PATH }
  const { stdout } = await run(process.execPath, [command, receiptPath!, '--key', keyPath!], { env })
  expect(stdout).toContain('Valid: the receipt is unchanged')
  expect(stdout).toMatch(/privacy\s+sealed_addresses: 1 row deleted/)
  expect(stdout).toMatch(
    /privacy\s+requests: 1 row, until 20\d\d-01-01\n\s+Proof that the request was served/,
  )
  const failed = await run(process.execPath, [command, changedPath!, '--key', keyPath!], { env }).catch(
    (err) => err,
  )
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Not valid: The signature does not fit'),
  })
})

test('replicas and restarts sign with one key, whose private part is stored sealed', async () => {
  await privacy.restart()
  const { client, request } = await privacy.prove('erasure', 'bob@example.org')
  await privacy.completed(client, request.id)
  const later = await client.getReceipt.query({ requestId: request.id })
  expect(later.publicKey).toEqual(file.publicKey)
  const keys = await privacy.query('select * from signing_keys')
  expect(keys).toHaveLength(1)
  expect(keys[0].sealed_private.toString('latin1')).not.toContain('"d"')
})

/** Differs from `character` in the last bit only, which base64url may not even carry. */
function nextCharacter(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const at = alphabet.indexOf(character)
  return at < 0 ? 'A' : alphabet[at ^ 1]!
}
