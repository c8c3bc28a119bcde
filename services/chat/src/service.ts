import { chat } from '@candor/contracts/chat'
import { chatAudited, chatDisposed } from '@candor/contracts/chat/events'
import { identity } from '@candor/contracts/identity'
import { startRelay } from '@candor/events/relay'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import { startMailSender } from '@candor/mail/send-mail'
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
import { chatListeners } from './consumers.ts'
import type { Deps } from './domain/deps.ts'
import { dropExpiredPartitions } from './domain/drop-expired-partitions.ts'
import { createPostQueue } from './domain/post-queue.ts'
import { createLiveBus } from './live/bus.ts'
import { createGlance } from './live/glance.ts'
import { startMailReceiver } from './mail/receive-mail.ts'
import { migrations } from './migrations/list.ts'
import { chatData } from './personal-data.ts'
import { chatRouter } from './router.ts'
import type { Database } from './store/tables.ts'

/** Builds the chat service from its configuration and opens its doors. Answers their ports. */
export async function startChat(
  lifecycle: Lifecycle,
  config: Config,
  log: Log,
  overrides: { clock?: Clock; verifyToken?: VerifyToken; policies?: Policies | undefined } = {},
) {
  const base = await connect<Database>(lifecycle, { service: 'chat', config, log, overrides })
  await followLedger(lifecycle, base, chatData)
  startSweep(lifecycle, base, chatData, {
    everyMs: config.SWEEP_EVERY_MS,
    tell: tellByOutbox(base, chatDisposed),
    first: (onTouched, signal) => dropExpiredPartitions(base, onTouched, signal),
  })
  const deps: Deps = {
    ...base,
    relay: startRelay(lifecycle, base),
    live: createLiveBus(lifecycle, base),
    glance: createGlance(base.db),
    posts: createPostQueue(base),
    identity: createServiceClient(identity, { nats: base.nats, self: 'chat', timeoutMs: 2_000 }),
    conversationsPerHourMax: config.CONVERSATIONS_PER_HOUR_MAX,
    mailDomain: config.MAIL_DOMAIN ?? null,
    guarded: base.metrics.counter(
      'chat_guarded_total',
      'Texts from which something was taken out, by its kind',
      ['kind'],
    ),
  }
  const mailPort = await startMailChannel(lifecycle, deps, config)
  const listeners = chatListeners(deps)
  const ports = await serve(lifecycle, base, {
    contract: chat,
    handlers: {
      ...chatRouter(deps),
      ...dataHolderHandlers(chatData, base),
      ...operationsHandlers(base, listeners),
    },
    listeners,
    migrations,
    storeAudit: auditByOutbox(base, deps.relay, chatAudited),
    httpPort: config.HTTP_PORT,
    verifyToken: overrides.verifyToken,
  })
  return { ...ports, mailPort }
}

/** Mail comes in and goes out where a domain is set for it. Answers the port on which it comes in. */
async function startMailChannel(lifecycle: Lifecycle, deps: Deps, config: Config): Promise<number | null> {
  const { MAIL_PORT: port, SMTP_URL: smtpUrl, MAIL_FROM: from } = config
  if (deps.mailDomain === null || port === undefined || !smtpUrl || !from) return null
  startMailSender(lifecycle, { ...deps, smtpUrl, from })
  return startMailReceiver(lifecycle, deps, { port, domain: deps.mailDomain })
}
