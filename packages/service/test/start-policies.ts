import { randomUUID } from 'node:crypto'
import { categoryIds } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'
import type { PolicyVersion, TenantRules } from '@candor/contracts/policy/tenant-rules'
import { eventTables } from '@candor/events/migration'
import { putRules } from '@candor/events/policy-bucket'
import { tenantRules } from '@candor/events/rules-migration'
import type { EventTables } from '@candor/events/tables'
import { firstVersion } from '@candor/policy/in-force'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { connectPostgres } from '@candor/runtime/postgres'
import { startPolicies } from '@candor/service/policies'
import { startLine } from '@candor/testing/line'
import { movableClock } from '@candor/testing/movable-clock'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import { onTestFinished } from 'vitest'

/** Chat's database and any number of its replicas, and privacy as the one who writes. */
export async function startReaders() {
  const stack = new AsyncDisposableStack()
  const nats = stack.use(await startTestNats())
  const database = stack.use(
    await createTestDatabase({ service: 'chat', migrations: [eventTables, tenantRules] }),
  )
  const clock = movableClock('2027-01-01T00:00:00.000Z')
  const log = createLogger({ service: 'chat', level: process.env.TEST_LOG ?? 'silent' })
  const privacy = await nats.connect('privacy')
  const connect = async (url: string) => {
    const connection = await connectNats({ url, seed: nats.seeds.chat, name: 'chat', log })
    stack.defer(() => closeNats(connection))
    return connection
  }
  return {
    nats,
    clock,
    privacy,
    put: (rules: TenantRules) => putRules(privacy, rules),
    /** A replica of chat with a line of its own to the broker. `before` runs once it is connected. */
    async replica(before: (line: Awaited<ReturnType<typeof startLine>>) => void = () => {}) {
      const lifecycle = createLifecycle(log)
      const line = stack.use(await startLine(nats.url))
      const metrics = createMetrics('chat')
      const db = connectPostgres<EventTables>({ url: database.appUrl, poolSizeMax: 5, log, metrics })
      stack.defer(() => db.destroy())
      const connection = await connect(line.url)
      // With its test, or it would go on telling later tests' replicas by the table what it hears.
      onTestFinished(() => lifecycle.stop())
      before(line)
      const policies = await startPolicies(lifecycle, { db, nats: connection, clock, log, metrics })
      return { ...policies, line, metrics, stop: () => lifecycle.stop() }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Readers = Awaited<ReturnType<typeof startReaders>>

/** Rules whose notice keeps every category for `days`. */
export function keepFor(tenantId: string, revision: number, days: number): TenantRules {
  return { tenantId, revision, versions: [versionOf(2, '2026-12-01T00:00:00.000Z', { days })], holds: [] }
}

export function versionOf(version: number, effectiveAt: string, period: Period): PolicyVersion {
  const { policy } = firstVersion
  const categories = { ...policy.categories }
  for (const id of categoryIds)
    categories[id] = { ...categories[id], retention: { ...categories[id].retention, period } }
  const revisedAt = '2026-11-30T00:00:00.000Z'
  return { version, pack: 'candor', revisedAt, effectiveAt, policy: { ...policy, categories } }
}

export const newTenant = () => randomUUID()
