import { identity } from '@candor/contracts/identity'
import { createServiceClient } from '@candor/rpc/service-client'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { startForeignSite } from '../../conformance/foreign-site.ts'
import { openMailbox } from '../../story/mailbox.ts'
import type { Platform } from '../platform/start-platform.ts'
import type { DeedsPlace } from './deeds.ts'

/** A platform that is under fire, as those who do deeds on it reach it: no store of it is searched, and nobody browses. */
export async function openPlace(
  platform: Platform,
  { url, now, held }: { url: string; now: () => Date; held: AsyncDisposableStack },
): Promise<DeedsPlace> {
  const nats = await platform.broker.connectAs('operator')
  held.defer(() => nats.close())
  const notHere = () => Promise.reject(new NotUnderFireError())
  return {
    url,
    now,
    mailbox: openMailbox(url),
    site: held.use(await startForeignSite(url)),
    operator: createServiceClient(identity, { nats, self: 'operator' }),
    write: async (mail) => void (await createTransport(platform.smtpUrl).sendMail(mail)),
    async query(service, text, values) {
      const client = new pg.Client(platform.databaseOf(service))
      await client.connect()
      return client
        .query(text, values)
        .then(({ rows }) => rows)
        .finally(() => client.end())
    },
    search: async () => [],
    swept: async () => {},
    metricsOf: async () => '',
    doorOf: () => url,
    queryAsService: notHere,
    browse: notHere,
  }
}

/** A deed that goes on by looking where nobody looks here: to do it again leads no further. */
export class NotUnderFireError extends Error {
  override readonly name = 'NotUnderFireError'
  override readonly message = 'nobody looks there under fire'
}
