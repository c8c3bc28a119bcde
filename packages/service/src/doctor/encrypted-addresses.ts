import type { Speaks } from './peek-certificate.ts'

/** Where a service meets a server's certificate: at what it uses, and at the address by which the world reaches it. */
export function encryptedAddresses({
  PUBLIC_URL,
  NATS_URL,
  NATS_CA_FILE,
  DATABASE_URL,
}: Addresses): EncryptedAddress[] {
  const database = new URL(DATABASE_URL)
  const isEncrypted = !['', 'disable'].includes(database.searchParams.get('sslmode') ?? '')
  return [
    ...(PUBLIC_URL.startsWith('https:')
      ? [{ what: 'public address', speaks: 'tls' as const, ...placeOf(new URL(PUBLIC_URL), 443) }]
      : []),
    ...(NATS_URL.startsWith('tls:')
      ? [{ what: 'NATS', speaks: 'nats' as const, caFile: NATS_CA_FILE, ...placeOf(new URL(NATS_URL), 4222) }]
      : []),
    ...(isEncrypted
      ? [
          {
            what: 'PostgreSQL',
            speaks: 'postgres' as const,
            caFile: database.searchParams.get('sslrootcert') ?? undefined,
            ...placeOf(database, 5432),
          },
        ]
      : []),
  ]
}

function placeOf({ hostname, port }: URL, usualPort: number): { host: string; port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || usualPort }
}

export interface Addresses {
  PUBLIC_URL: string
  NATS_URL: string
  NATS_CA_FILE?: string | undefined
  DATABASE_URL: string
}

export interface EncryptedAddress {
  what: string
  host: string
  port: number
  speaks: Speaks
  caFile?: string | undefined
}
