import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'

/** A receipt with all that is needed to check it elsewhere. The file that is downloaded is this and nothing else. */
export interface SignedReceipt {
  receipt: ErasureReceipt
  jws: string
  publicKey: PublicKey
}

/** What somebody pasted or chose: the file as it was downloaded, or the bare signature. */
export function readReceipt(text: string): ReadReceipt {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{')) return { jws: trimmed }
  try {
    const { jws, receipt } = JSON.parse(trimmed) as Partial<SignedReceipt>
    return typeof jws === 'string' ? { jws, readable: receipt } : { problem: 'It has no signature in it.' }
  } catch {
    return { problem: 'It is not whole: the file cannot be read.' }
  }
}

/** Whether the readable part of a file says what was signed, in whatever order it says it. */
export function saysTheSame(readable: unknown, signed: unknown): boolean {
  if (typeof readable !== 'object' || typeof signed !== 'object' || !readable || !signed) {
    return readable === signed
  }
  const [names, others] = [Object.keys(readable), Object.keys(signed)]
  return (
    Array.isArray(readable) === Array.isArray(signed) &&
    names.length === others.length &&
    names.every(
      (name) =>
        Object.hasOwn(signed, name) &&
        saysTheSame(readable[name as keyof typeof readable], signed[name as keyof typeof signed]),
    )
  )
}

type ReadReceipt = { jws: string; readable?: unknown; problem?: never } | { problem: string; jws?: never }
