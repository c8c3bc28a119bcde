import { chat } from '@candor/contracts/chat'
import { identity } from '@candor/contracts/identity'
import { privacy } from '@candor/contracts/privacy'
import { transcripts } from '@candor/contracts/transcripts'
import { observeStreams } from '@candor/events/observe-streams'
import { startRelay } from '@candor/events/relay'
import { startMailSender } from '@candor/mail/send-mail'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import type { VerifyToken } from '@candor/rpc/access-token'
import { createServiceClient } from '@candor/rpc/service-client'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import { connect } from '@candor/service/connect'
import { followLedger } from '@candor/service/follow-ledger'
import { operationsHandlers } from '@candor/service/operations-handlers'
import type { Policies } from '@candor/service/policies'
import { openRootKey } from '@candor/service/root-key'
import { serve } from '@candor/service/serve'
import { startSweep } from '@candor/service/start-sweep'
import type { Config } from './config.ts'
import { privacyListeners } from './consumers.ts'
import { enterAll } from './domain/audit/enter-all.ts'
import { createAlarm } from './domain/alarm.ts'
import { createDeclarations } from './domain/declarations.ts'
import type { Deps } from './domain/deps.ts'
import { issueDisposalReceipt } from './domain/disposals/issue-receipt.ts'
import { startExpiringEvidence } from './domain/evidence/expire-evidence.ts'
import { connectHolders, patienceMs } from './domain/holders.ts'
import { observeBreaches } from './domain/breaches/observe-breaches.ts'
import { startAnnouncingRecipients } from './domain/registers/recipients.ts'
import { startKeepingTime } from './domain/requests/keep-time.ts'
import type { Rules } from './domain/requests/rules.ts'
import { createThrottle } from './domain/throttle.ts'
import { startFeed } from './feed/start-feed.ts'
import { migrations } from './migrations/list.ts'
import { privacyData } from './personal-data.ts'
import { privacyRouter } from './router.ts'
import { startSaga } from './saga/start-saga.ts'
import { createSealer } from './sealing/sealer.ts'
import { loadSigningKey } from './sealing/signing-key.ts'
import { stopNewsRoute } from './stop-news-route.ts'
import { insertLedgerEntry } from './store/erasure-ledger.ts'
import type { Database } from './store/tables.ts'

/** Starts the privacy service. The saga starts last and stops first: it calls this service's own door too. */
export async function startPrivacy(
  lifecycle: Lifecycle,
  config: Config,
  log: Log,
  overrides: {
    clock?: Clock
    verifyToken?: VerifyToken
    policies?: Policies | undefined
    rulesOf?: ((tenantId: string) => Promise<Rules>) | undefined
  } = {},
) {
  const base = await connect<Database>(lifecycle, { service: 'privacy', config, log, overrides })
  observeStreams(base)
  const sealer = createSealer(await openRootKey(base, config))
  await followLedger(lifecycle, base, privacyData, {
    addressKeyOf: async (tenantId) => sealer.ledgerKey(tenantId),
    remember: (entry, created) => insertLedgerEntry(base.db, entry, created),
  })
  const holders = connectHolders(base.nats, config.HOLDER_TIMEOUT_MS)
  const deps: Deps = {
    ...base,
    relay: startRelay(lifecycle, base),
    identity: createServiceClient(identity, { nats: base.nats, self: 'privacy' }),
    chat: createServiceClient(chat, { nats: base.nats, self: 'privacy' }),
    transcripts: createServiceClient(transcripts, { nats: base.nats, self: 'privacy' }),
    holders,
    patientHolders: (attempts) => connectHolders(base.nats, patienceMs(attempts, config.HOLDER_TIMEOUT_MS)),
    readDeclarations: createDeclarations(holders, base.clock),
    sealer,
    signingKey: await loadSigningKey({ ...base, sealer }),
    alarm: createAlarm(),
    sagaPollMs: config.SAGA_POLL_MS,
    remoteThrottle: createThrottle(base.clock, config.REQUESTS_PER_HOUR_REMOTE_MAX),
    requestsPerHourAddressMax: config.REQUESTS_PER_HOUR_ADDRESS_MAX,
    rulesOf: overrides.rulesOf ?? (async (id) => (await base.policies.of(id)).policy),
    publicUrl: config.PUBLIC_URL,
  }
  startSweep(lifecycle, base, privacyData, {
    everyMs: config.SWEEP_EVERY_MS,
    tell: (trx, tenantId, day) => issueDisposalReceipt(trx, deps, tenantId, 'privacy', day),
  })
  startMailSender(lifecycle, { ...base, smtpUrl: config.SMTP_URL, from: config.MAIL_FROM })
  const listeners = privacyListeners(deps)
  const ports = await serve(lifecycle, base, {
    contract: privacy,
    handlers: {
      ...privacyRouter(deps),
      ...dataHolderHandlers(privacyData, base),
      ...operationsHandlers(base, listeners),
    },
    listeners,
    migrations,
    storeAudit: (batches) => enterAll(base.db, batches),
    httpPort: config.HTTP_PORT,
    verifyToken: overrides.verifyToken,
    otherRoutes: stopNewsRoute(deps),
  })
  startKeepingTime(lifecycle, deps)
  startFeed(lifecycle, deps)
  startExpiringEvidence(lifecycle, deps)
  startAnnouncingRecipients(lifecycle, deps)
  observeBreaches(deps)
  startSaga(lifecycle, deps)
  return ports
}
