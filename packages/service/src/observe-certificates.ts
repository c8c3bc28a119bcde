import type { Metrics } from '@candor/runtime/metrics'
import { encryptedAddresses } from './doctor/encrypted-addresses.ts'
import type { Addresses, EncryptedAddress } from './doctor/encrypted-addresses.ts'
import { peekCertificate } from './doctor/peek-certificate.ts'

/**
 * When the certificates end that NATS and PostgreSQL show, read when scraped, each anew after a quarter of an hour: a server
 * goes on with the one that it read at its start, however often another is made. What cannot be seen has no sample. The
 * public address is out of a pod's reach.
 */
export function observeCertificates({ config, metrics }: { config: Addresses; metrics: Metrics }): void {
  const servers = encryptedAddresses(config)
    .filter(({ speaks }) => speaks !== 'tls')
    .map((address) => ({ name: address.what, readEnd: remembering(address) }))
  const help = 'When the certificate ends that a server shows'
  metrics.gauge('certificate_end_timestamp_seconds', help, ['name'], async (set) => {
    await Promise.all(
      servers.map(async ({ name, readEnd }) => {
        const end = await readEnd().catch(() => undefined)
        if (end !== undefined) set({ name }, end)
      }),
    )
  })
}

function remembering(address: EncryptedAddress): () => Promise<number> {
  let seen: { end: number; atMs: number } | undefined
  return async () => {
    if (!seen || performance.now() - seen.atMs > rememberedMs) {
      const { validTo } = await peekCertificate(address)
      seen = { end: validTo.getTime() / 1_000, atMs: performance.now() }
    }
    return seen.end
  }
}

const rememberedMs = 15 * 60_000
