import type { CategoryId } from '@candor/contracts/policy/categories'
import { eventTables } from '@candor/events/migration'
import { tenantRules } from '@candor/events/rules-migration'
import type { EventTables } from '@candor/events/tables'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { connectPostgres } from '@candor/runtime/postgres'
import { startPolicies } from '@candor/service/policies'
import { createTestDatabase } from '@candor/testing/test-database'
import type { TestPrivacy } from './start-privacy.ts'

/** Chat as far as it obeys policies: its database, its connection, nothing else. */
export async function startReader(privacy: TestPrivacy) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(
    await createTestDatabase({ service: 'chat', migrations: [eventTables, tenantRules] }),
  )
  const log = createLogger({ service: 'chat', level: process.env.TEST_LOG ?? 'silent' })
  const lifecycle = createLifecycle(log)
  const metrics = createMetrics('chat')
  const db = connectPostgres<EventTables>({ url: database.appUrl, poolSizeMax: 3, log, metrics })
  stack.defer(() => db.destroy())
  stack.defer(() => lifecycle.stop())
  const { clock, nats } = privacy
  const policies = await startPolicies(lifecycle, {
    db,
    nats: await nats.connect('chat'),
    clock,
    log,
    metrics,
  })
  return {
    of: (slug: string) => policies.of(privacy.business(slug).id),
    periodOf: async (slug: string, category: CategoryId = 'conversation') =>
      (await policies.of(privacy.business(slug).id)).policy.categories[category].retention.period,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Reader = Awaited<ReturnType<typeof startReader>>
