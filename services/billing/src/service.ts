import { billing } from '@candor/contracts/billing'
import { billingAudited, billingDisposed } from '@candor/contracts/billing/events'
import { startRelay } from '@candor/events/relay'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import type { VerifyToken } from '@candor/rpc/access-token'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import { auditByOutbox } from '@candor/service/audit-trail'
import { createOutgoingFetch } from '@candor/runtime/outgoing-fetch'
import { connect } from '@candor/service/connect'
import { followLedger } from '@candor/service/follow-ledger'
import { operationsHandlers } from '@candor/service/operations-handlers'
import { serve } from '@candor/service/serve'
import type { Policies } from '@candor/service/policies'
import { tellByOutbox } from '@candor/service/report-disposals'
import { startSweep } from '@candor/service/start-sweep'
import type { Config } from './config.ts'
import { billingListeners } from './consumers.ts'
import type { Deps } from './domain/deps.ts'
import { migrations } from './migrations/list.ts'
import { billingData } from './personal-data.ts'
import { paymentRecipient, sandboxProvider } from './providers/sandbox.ts'
import { billingRouter } from './router.ts'
import type { Database } from './store/tables.ts'
import { webhookRoute } from './webhooks.ts'

/** Starts the billing service and answers its ports. `overrides` put a test's clock and keys in. */
export async function startBilling(
  lifecycle: Lifecycle,
  config: Config,
  log: Log,
  overrides: { clock?: Clock; verifyToken?: VerifyToken } = {},
): Promise<{ httpPort: number; operationsPort: number }> {
  const base = await connect<Database>(lifecycle, { service: 'billing', config, log, overrides })
  await followLedger(lifecycle, base, billingData)
  const relay = startRelay(lifecycle, base)
  startSweep(lifecycle, base, billingData, {
    everyMs: config.SWEEP_EVERY_MS,
    tell: tellByOutbox(base, billingDisposed),
  })
  const sandbox = sandboxProvider({
    apiUrl: config.PAYMENT_API_URL,
    apiKey: config.PAYMENT_API_KEY,
    webhookSecrets: [config.PAYMENT_WEBHOOK_SECRET, config.PAYMENT_WEBHOOK_SECRET_PREVIOUS].filter(
      (secret) => secret !== undefined,
    ),
    clock: base.clock,
    outgoing: createOutgoingFetch({
      ...base,
      hostsOf: (recipient, tenantId) => registeredHosts(base.policies, config, recipient, tenantId),
    }),
  })
  const deps: Deps = {
    ...base,
    provider: sandbox,
    providers: { [sandbox.name]: sandbox },
    seller: {
      name: config.SELLER_NAME,
      address: config.SELLER_ADDRESS,
      vatId: config.SELLER_VAT_ID,
      country: config.SELLER_COUNTRY,
    },
    publicUrl: config.PUBLIC_URL,
  }
  const listeners = billingListeners(deps)
  return serve(lifecycle, base, {
    contract: billing,
    handlers: {
      ...billingRouter(deps),
      ...dataHolderHandlers(billingData, base),
      ...operationsHandlers(base, listeners),
    },
    listeners,
    migrations,
    storeAudit: auditByOutbox(base, relay, billingAudited),
    httpPort: config.HTTP_PORT,
    verifyToken: overrides.verifyToken,
    otherRoutes: webhookRoute(deps),
  })
}

/** The provider's own address, where the notice of who buys names the provider and that host. */
async function registeredHosts(
  policies: Policies,
  { PAYMENT_API_URL }: Config,
  recipient: string,
  tenantId: string | undefined,
): Promise<string[] | undefined> {
  const { host, hostname } = new URL(PAYMENT_API_URL)
  if (recipient !== paymentRecipient) return undefined
  if (tenantId === undefined) return [host]
  const { recipients } = (await policies.of(tenantId)).policy
  const named = recipients.find(({ id }) => id === recipient)
  return named?.hosts.includes(hostname) ? [host] : named && []
}
