import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { identity } from '@candor/contracts/identity'
import { createServiceClient } from '@candor/rpc/service-client'
import type { ServiceClient } from '@candor/rpc/service-client'
import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'
import pg from 'pg'
import type { Stack } from '../stack.ts'
import { until } from '../story/until.ts'
import { searchStores } from './search-everywhere.ts'

/** What only who runs the platform can do. */
export interface Inside {
  /** Where any of the words lies, in every database, stream and log. */
  search(words: readonly string[]): Promise<string[]>
  /** Hands a mail in, as a mail server outside does. */
  write(mail: SendMailOptions): Promise<void>
  /** Rows of a service's database, past every rule of it. */
  query<Row extends object>(service: ServiceName, text: string, values?: unknown[]): Promise<Row[]>
  /** As the service's own role, which its rules bind. */
  queryAsService<Row extends object>(
    service: ServiceName,
    settings: Record<string, string>,
    text: string,
  ): Promise<Row[]>
  /** A service's own door, behind the public address. */
  doorOf(service: ServiceName): string
  metricsOf(service: ServiceName): Promise<string>
  /** Once every service has swept from beginning to end at the present time: what is left is what stays. */
  swept(): Promise<void>
  /** identity, as who keeps the platform secure asks it. */
  readonly operator: ServiceClient<typeof identity>
}

export async function openInside(stack: Stack): Promise<Inside> {
  const metricsOf = async (service: ServiceName) =>
    (await fetch(`http://127.0.0.1:${stack.doors[service].operationsPort}/metrics`)).text()
  const sweepEndedAt = async (service: ServiceName) =>
    Number(/^retention_sweep_finished_timestamp_seconds\S* (\S+)/m.exec(await metricsOf(service))?.[1] ?? 0)
  /** The sweep that ends next may have begun before. */
  const twiceSwept = async (service: ServiceName) => {
    for (const which of ['the running', 'the next']) {
      const before = await sweepEndedAt(service)
      await until(`${which} sweep of ${service}`, async () => (await sweepEndedAt(service)) > before, 60_000)
    }
  }
  return {
    search: (words) => searchStores(stack, words),
    write: async (mail) => void (await createTransport(stack.smtpUrl).sendMail(mail)),
    query: (service, text, values) =>
      connected(stack.databases[service].superuserUrl, async (client) => {
        return (await client.query(text, values)).rows
      }),
    queryAsService: (service, settings, text) =>
      connected(stack.databases[service].appUrl, async (client) => {
        for (const [name, value] of Object.entries(settings))
          await client.query('select set_config($1, $2, false)', [name, value])
        return (await client.query(text)).rows
      }),
    doorOf: (service) => `http://127.0.0.1:${stack.doors[service].httpPort}`,
    metricsOf,
    swept: async () => void (await Promise.all(services.map(twiceSwept))),
    operator: createServiceClient(identity, {
      nats: await stack.nats.connect('operator'),
      self: 'operator',
    }),
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
