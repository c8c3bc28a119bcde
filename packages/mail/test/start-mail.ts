import { eventTables } from '@candor/events/migration'
import { restrictionTables } from '@candor/events/restriction-migration'
import { tenantRules } from '@candor/events/rules-migration'
import { mailTables } from '@candor/mail/migration'
import { mailTablesMap } from '@candor/mail/data-map'
import { mailRetention } from '@candor/mail/retention-migration'
import { mailThreads } from '@candor/mail/threads-migration'
import { mailUnsubscribe } from '@candor/mail/unsubscribe-migration'
import { queueMail } from '@candor/mail/queue-mail'
import type { Letter } from '@candor/mail/queue-mail'
import { startMailSender } from '@candor/mail/send-mail'
import type { MailTables } from '@candor/mail/tables'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import { dataMap } from '@candor/personal-data/data-map'
import { eventTablesMap } from '@candor/personal-data/event-tables'
import { rulesInForce } from '@candor/policy/in-force'
import { disposalTables } from '@candor/personal-data/disposals-migration'
import { sweepTables } from '@candor/personal-data/sweep-migration'
import { idGenerator } from '@candor/runtime/ids'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { connectPostgres } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import { movableClock } from '@candor/testing/movable-clock'
import { createTestDatabase } from '@candor/testing/test-database'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Tables of letters, and senders that a test starts. Business time stands still until the test moves it. */
export async function startMail() {
  const stack = new AsyncDisposableStack()
  const database = stack.use(
    await createTestDatabase({
      service: 'post',
      migrations: [
        eventTables,
        mailTables,
        tenantRules,
        sweepTables,
        disposalTables,
        mailRetention,
        restrictionTables({}),
        mailUnsubscribe,
        mailThreads,
      ],
    }),
  )
  const clock = movableClock()
  const newId = idGenerator(clock)
  const log = createLogger({ service: 'post', level: 'silent' })
  const pool = (url: string): Kysely<MailTables> => {
    const db = connectPostgres<MailTables>({ url, poolSizeMax: 4, log, metrics: createMetrics('post') })
    stack.defer(() => db.destroy())
    return db
  }
  const db = pool(database.appUrl)
  const superuser = pool(database.superuserUrl)
  const letter = (tenantId: string): Letter => ({
    tenantId,
    onceKey: 'welcome',
    to: 'ada@example.org',
    subject: 'Welcome',
    text: 'Hello Ada',
    html: '<p>Hello Ada</p>',
    newId,
    now: clock.now(),
  })
  return {
    clock,
    db,
    holder: dataHolderHandlers(dataMap('post', { ...eventTablesMap, ...mailTablesMap }), {
      db,
      clock,
      policies: { of: async (tenantId) => rulesInForce(tenantId, undefined, clock.now()) },
    }),
    letter,
    queue: (tenantId: string, change: Partial<Letter> = {}) =>
      asTenant(db, tenantId, (trx) => queueMail(trx, { ...letter(tenantId), ...change })),
    sender: (smtpUrl: string) => {
      const lifecycle = createLifecycle(log)
      stack.defer(() => lifecycle.stop())
      const metrics = createMetrics('post')
      const from = 'Candor <no-reply@candor.localhost>'
      startMailSender(lifecycle, { db: pool(database.appUrl), smtpUrl, from, clock, log, metrics })
      const outcomes = async () => {
        const { values } = await metrics.registry.getSingleMetric('mail_letters_total')!.get()
        return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]))
      }
      const gauge = async (name: string) =>
        (await metrics.registry.getSingleMetric(name)!.get()).values[0]!.value
      return { stop: () => lifecycle.stop(), outcomes, gauge }
    },
    rows: (tenantId: string) =>
      superuser.selectFrom('mail_queue').selectAll().where('tenant_id', '=', tenantId).execute(),
    /** As PostgreSQL does by itself after a while. */
    analyze: () => sql`analyze mail_schedule`.execute(superuser),
    clear: async () => {
      await superuser.deleteFrom('mail_schedule').execute()
      await superuser.deleteFrom('mail_queue').execute()
    },
    schedule: (tenantId: string) =>
      superuser.selectFrom('mail_schedule').selectAll().where('tenant_id', '=', tenantId).execute(),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
