import { chat } from '@candor/contracts/chat'
import { identity } from '@candor/contracts/identity'
import { transcripts } from '@candor/contracts/transcripts'
import { transcriptsAudited, transcriptsDisposed } from '@candor/contracts/transcripts/events'
import { startRelay } from '@candor/events/relay'
import { startMailSender } from '@candor/mail/send-mail'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import type { VerifyToken } from '@candor/rpc/access-token'
import { createServiceClient } from '@candor/rpc/service-client'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import { auditByOutbox } from '@candor/service/audit-trail'
import { connect } from '@candor/service/connect'
import { followLedger } from '@candor/service/follow-ledger'
import { operationsHandlers } from '@candor/service/operations-handlers'
import type { Policies } from '@candor/service/policies'
import { serve } from '@candor/service/serve'
import { tellByOutbox } from '@candor/service/report-disposals'
import { startSweep } from '@candor/service/start-sweep'
import type { Config } from './config.ts'
import { transcriptsListeners } from './consumers.ts'
import type { Deps } from './domain/deps.ts'
import { migrations } from './migrations/list.ts'
import { transcriptsData } from './personal-data.ts'
import { transcriptsRouter } from './router.ts'
import type { Database } from './store/tables.ts'

/** Builds the service and opens its doors. `overrides` lets a test put in its own clock and keys. */
export async function startTranscripts(
  lifecycle: Lifecycle,
  config: Config,
  log: Log,
  overrides: { clock?: Clock; verifyToken?: VerifyToken; policies?: Policies | undefined } = {},
): Promise<{ httpPort: number; operationsPort: number }> {
  const base = await connect<Database>(lifecycle, { service: 'transcripts', config, log, overrides })
  await followLedger(lifecycle, base, transcriptsData)
  const relay = startRelay(lifecycle, base)
  startSweep(lifecycle, base, transcriptsData, {
    everyMs: config.SWEEP_EVERY_MS,
    tell: tellByOutbox(base, transcriptsDisposed),
  })
  startMailSender(lifecycle, { ...base, smtpUrl: config.SMTP_URL, from: config.MAIL_FROM })
  const deps: Deps = {
    ...base,
    chat: createServiceClient(chat, { nats: base.nats, self: 'transcripts' }),
    identity: createServiceClient(identity, { nats: base.nats, self: 'transcripts' }),
    publicUrl: config.PUBLIC_URL,
  }
  const listeners = transcriptsListeners(deps)
  return serve(lifecycle, base, {
    contract: transcripts,
    handlers: {
      ...transcriptsRouter(deps),
      ...dataHolderHandlers(transcriptsData, base),
      ...operationsHandlers(base, listeners),
    },
    listeners,
    migrations,
    storeAudit: auditByOutbox(base, relay, transcriptsAudited),
    httpPort: config.HTTP_PORT,
    verifyToken: overrides.verifyToken,
  })
}
