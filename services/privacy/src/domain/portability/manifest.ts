import { PortabilityManifest } from '@candor/contracts/portable'
import type { PublicKey } from '@candor/contracts/identity/schemas'
import { badInput } from '@candor/rpc/service-error'
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import type { SigningKey } from '../../sealing/signing-key.ts'
import { keyIdOf } from '@candor/audit-log/open-head'

const manifestType = 'candor-portability+jwt'

/** Signed with the key of the receipts, as something that can't be taken for one. */
export function signManifest(
  { privateKey, publicKey }: SigningKey,
  manifest: PortabilityManifest,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(manifest)))
    .setProtectedHeader({ alg: 'EdDSA', typ: manifestType, kid: publicKey.kid })
    .sign(privateKey)
}

/**
 * Reads a manifest that is signed with the key it names: one of ours, or one that came along. A key of somebody else
 * proves that the files belong together, and not who made them.
 */
export async function readManifest(
  jws: string,
  given: PublicKey,
  findKey: (keyId: string) => Promise<PublicKey | undefined>,
): Promise<{ manifest: PortabilityManifest; signedHere: boolean }> {
  try {
    const { kid, typ } = decodeProtectedHeader(jws)
    const own = kid ? await findKey(kid) : undefined
    const key = own ?? given
    if (typ !== manifestType || kid !== (await keyIdOf(key))) throw refused()
    const { payload } = await compactVerify(jws, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'] })
    const manifest = PortabilityManifest.parse(JSON.parse(new TextDecoder().decode(payload)))
    return { manifest, signedHere: own !== undefined }
  } catch {
    throw refused()
  }
}

function refused() {
  return badInput('manifest', 'is not a signed manifest of a bundle, or was changed')
}
