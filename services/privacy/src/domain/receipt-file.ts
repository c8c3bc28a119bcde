import { isDeepStrictEqual } from 'node:util'
import { PublicKey } from '@candor/contracts/identity/schemas'
import type { DisposalReceipt } from '@candor/contracts/privacy/retention'
import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { z } from 'zod'
import { keyIdOf } from '@candor/audit-log/open-head'
import { checkDisposal, checkReceipt, isDisposal } from './check-receipt.ts'

/**
 * Reads a receipt of either kind as it was downloaded, a JSON file or the bare signature, and checks it: against `keyText` where one
 * is given, else against the key in the file. Throws in plain words what is wrong.
 */
export async function readReceiptFile(text: string, keyText: string | undefined): Promise<CheckedReceipt> {
  const file = text.trimStart().startsWith('{') ? parse(ReceiptFile, text, 'the file') : { jws: text.trim() }
  const given = keyText === undefined ? undefined : parse(PublicKey, keyText, 'the key')
  const key = given ?? ('publicKey' in file ? file.publicKey : undefined)
  if (!key) throw new Error('the file has no public key in it; give one with --key')
  if ((await keyIdOf(key)) !== key.kid) throw new Error('the public key goes under the name of another')

  const checked = isDisposal(file.jws) ? checkDisposal : checkReceipt
  const verdict = await checked(file.jws, async (keyId) => (keyId === key.kid ? key : undefined))
  if (!verdict.valid) throw new Error(verdict.reason)
  if ('receipt' in file && !isDeepStrictEqual(file.receipt, verdict.receipt)) {
    throw new Error('the readable part of the file says something else than what was signed')
  }
  if ('publicKey' in file && file.publicKey.kid !== key.kid) {
    throw new Error('the file carries another public key than the one given')
  }
  return { receipt: verdict.receipt, keyId: key.kid, keyGiven: given !== undefined }
}

export interface CheckedReceipt {
  receipt: ErasureReceipt | DisposalReceipt
  keyId: string
  keyGiven: boolean
}

const ReceiptFile = z.strictObject({ receipt: z.unknown(), jws: z.string(), publicKey: PublicKey })

function parse<S extends z.ZodType>(schema: S, text: string, what: string): z.output<S> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${what} is not JSON`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  if (typeof json === 'object' && json !== null && !('jws' in json))
    throw new Error(`${what} is no receipt, and nothing of an audit log`)
  const { path, message } = parsed.error.issues[0]!
  throw new Error(`${what} is not as it was downloaded: ${path.map(String).join('.') || 'it'}: ${message}`)
}
