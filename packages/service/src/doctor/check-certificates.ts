import { readFileSync } from 'node:fs'
import type { Check, Complaint } from '@candor/runtime/check-up'
import type { Clock } from '@candor/runtime/clock'
import { encryptedAddresses } from './encrypted-addresses.ts'
import type { Addresses, EncryptedAddress } from './encrypted-addresses.ts'
import { peekCertificate } from './peek-certificate.ts'

/** How long the certificates are good for that stand before what this service uses, and the one it is reached by. */
export function certificatesCheck(config: Addresses, clock: Clock): Check {
  return {
    name: 'certificates',
    async look() {
      const looked = await Promise.all(
        encryptedAddresses(config).map((address) => lookAt(address, clock.now())),
      )
      return {
        found: looked.map(({ found }) => found).join(', ') || 'none: nothing here is encrypted',
        wrong: looked.flatMap(({ wrong }) => wrong),
      }
    },
  }
}

async function lookAt({ what, host, port, speaks, caFile }: EncryptedAddress, now: Date) {
  const ca = caFile ? readAuthority(caFile) : undefined
  if (ca instanceof Error) {
    const toDo = 'Mount it where NATS_CA_FILE, or sslrootcert in DATABASE_URL, says that it is.'
    return { found: what, wrong: [{ what: `the authority of ${what} cannot be read: ${ca.message}`, toDo }] }
  }
  const at = { host, port, speaks, ca }
  const seen = await peekCertificate(at).catch((err: Error) => err)
  // A network policy may keep the way closed that everybody else takes.
  if (seen instanceof Error) return { found: `${what} cannot be seen from here (${seen.message})`, wrong: [] }
  const days = Math.floor((seen.validTo.getTime() - now.getTime()) / 86_400_000)
  const wrong: Complaint[] = []
  if (days < daysMin)
    wrong.push({
      what: `the certificate of ${what} ${days < 0 ? 'has ended' : 'ends'} on ${seen.validTo.toISOString().slice(0, 10)}`,
      toDo: 'See deploy/runbooks/CertificateExpiring.md.',
    })
  else if (seen.refusal)
    wrong.push({
      what: `the certificate of ${what} is not believed: ${seen.refusal}`,
      toDo: 'It has to be signed by the authority that is configured, and name the host that is connected to.',
    })
  return { found: `${what}: ${days} days`, wrong }
}

function readAuthority(file: string): Buffer | Error {
  try {
    return readFileSync(file)
  } catch (err) {
    return err as Error
  }
}

/** What a renewal that failed leaves time for. */
const daysMin = 14
