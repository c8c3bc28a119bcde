import { readFileSync } from 'node:fs'
import type { Check, Complaint } from '@candor/runtime/check-up'
import type { Clock } from '@candor/runtime/clock'
import { peekCertificate } from './peek-certificate.ts'
import type { Speaks } from './peek-certificate.ts'

/** How long the certificates are good for that stand before what this service uses, and the one it is reached by. */
export function certificatesCheck(config: Addresses, clock: Clock): Check {
  return {
    name: 'certificates',
    async look() {
      const looked = await Promise.all(addressesOf(config).map((address) => lookAt(address, clock.now())))
      return {
        found: looked.map(({ found }) => found).join(', ') || 'none: nothing here is encrypted',
        wrong: looked.flatMap(({ wrong }) => wrong),
      }
    },
  }
}

function addressesOf({ PUBLIC_URL, NATS_URL, NATS_CA_FILE, DATABASE_URL }: Addresses): Address[] {
  const database = new URL(DATABASE_URL)
  const isEncrypted = !['', 'disable'].includes(database.searchParams.get('sslmode') ?? '')
  return [
    ...(PUBLIC_URL.startsWith('https:')
      ? [{ what: 'public address', url: new URL(PUBLIC_URL), port: 443, speaks: 'tls' as const }]
      : []),
    ...(NATS_URL.startsWith('tls:')
      ? [{ what: 'NATS', url: new URL(NATS_URL), port: 4222, speaks: 'nats' as const, caFile: NATS_CA_FILE }]
      : []),
    ...(isEncrypted
      ? [
          {
            what: 'PostgreSQL',
            url: database,
            port: 5432,
            speaks: 'postgres' as const,
            caFile: database.searchParams.get('sslrootcert') ?? undefined,
          },
        ]
      : []),
  ]
}

async function lookAt({ what, url, port, speaks, caFile }: Address, now: Date) {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const ca = caFile ? readAuthority(caFile) : undefined
  if (ca instanceof Error) {
    const toDo = 'Mount it where NATS_CA_FILE, or sslrootcert in DATABASE_URL, says that it is.'
    return { found: what, wrong: [{ what: `the authority of ${what} cannot be read: ${ca.message}`, toDo }] }
  }
  const at = { host, port: Number(url.port) || port, speaks, ca }
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

interface Addresses {
  PUBLIC_URL: string
  NATS_URL: string
  NATS_CA_FILE?: string | undefined
  DATABASE_URL: string
}

interface Address {
  what: string
  url: URL
  port: number
  speaks: Speaks
  caFile?: string | undefined
}
