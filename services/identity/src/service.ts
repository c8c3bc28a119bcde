import { identity } from '@candor/contracts/identity'
import { identityAudited, identityDisposed } from '@candor/contracts/identity/events'
import { startRelay } from '@candor/events/relay'
import { startMailSender } from '@candor/mail/send-mail'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import { createTokenVerifier } from '@candor/rpc/access-token'
import type { VerifyToken } from '@candor/rpc/access-token'
import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import { auditByOutbox } from '@candor/service/audit-trail'
import { connect } from '@candor/service/connect'
import { followLedger } from '@candor/service/follow-ledger'
import { operationsHandlers } from '@candor/service/operations-handlers'
import { openRootKey } from '@candor/service/root-key'
import { serve } from '@candor/service/serve'
import { tellByOutbox } from '@candor/service/report-disposals'
import { startSweep } from '@candor/service/start-sweep'
import type { Config } from './config.ts'
import { identityListeners } from './consumers.ts'
import type { AwarenessOf } from './domain/check-briefing.ts'
import type { Deps } from './domain/deps.ts'
import { removeAccounts } from './domain/end-accounts.ts'
import { tellEndedSessions } from './domain/tell-ended-sessions.ts'
import { limitsOf } from './limits.ts'
import { migrations } from './migrations/list.ts'
import { createPasswordHasher } from './passwords/hasher.ts'
import { identityData } from './personal-data.ts'
import { identityRouter } from './router.ts'
import { securityLogPeriodBy, startSecurityLog } from './security/security-log.ts'
import type { SecurityLogPeriod } from './security/security-log.ts'
import type { Database } from './store/tables.ts'
import { createThrottle } from './throttle/throttle.ts'
import { deriveKey } from './tokens/derive-key.ts'
import { createKeyRing } from './tokens/key-ring.ts'

/** Builds identity from its settings and opens its doors. */
export async function startIdentity(
  lifecycle: Lifecycle,
  config: Config,
  log: Log,
  overrides: {
    clock?: Clock
    verifyToken?: VerifyToken
    securityLogPeriodOf?: SecurityLogPeriod
    awarenessOf?: AwarenessOf
  } = {},
): Promise<{ httpPort: number; operationsPort: number }> {
  const base = await connect<Database>(lifecycle, { service: 'identity', config, log, overrides })
  await followLedger(lifecycle, base, identityData, {
    also: async (trx, { endsAccount, tenantId }, { userIds }) => {
      if (endsAccount) await removeAccounts(trx, base, { tenantId, userIds })
    },
  })
  startSweep(lifecycle, base, identityData, {
    everyMs: config.SWEEP_EVERY_MS,
    tell: tellByOutbox(base, identityDisposed),
  })
  const relay = startRelay(lifecycle, base)
  startMailSender(lifecycle, { ...base, smtpUrl: config.SMTP_URL, from: config.MAIL_FROM })
  const rootKey = await openRootKey(base, config)
  const keys = createKeyRing(base, rootKey)
  // Makes the first key. Where the database is still away, the first call that needs a key makes it.
  await keys.getSigner().catch((err: unknown) => log.warn({ err }, 'no signing key yet'))
  const deps: Deps = {
    ...base,
    relay,
    keys,
    refreshKey: deriveKey(rootKey, 'refresh-tokens'),
    reusedTokens: base.metrics.counter(
      'refresh_tokens_reused_total',
      'Sessions ended by a spent refresh token',
      [],
    ),
    passwords: createPasswordHasher(base.metrics),
    awarenessOf:
      overrides.awarenessOf ?? (async (tenantId) => (await base.policies.of(tenantId)).policy.awareness),
    throttle: createThrottle(base, deriveKey(rootKey, 'guesses')),
    limits: limitsOf(config),
    isOneBusiness: config.BUSINESSES === 'one',
    publicUrl: config.PUBLIC_URL,
  }
  return serve(lifecycle, base, {
    contract: identity,
    handlers: {
      ...identityRouter(deps),
      ...dataHolderHandlers(identityData, base),
      ...operationsHandlers(base, identityListeners),
    },
    listeners: identityListeners,
    migrations,
    watch: startSecurityLog(
      lifecycle,
      base,
      overrides.securityLogPeriodOf ?? securityLogPeriodBy(base.policies),
    ),
    storeAudit: auditByOutbox(base, relay, identityAudited),
    httpPort: config.HTTP_PORT,
    listEndedSessions: ({ after }) => tellEndedSessions(base, after),
    verifyToken:
      overrides.verifyToken ??
      createTokenVerifier({ clock: base.clock, fetchKeys: keys.listPublicKeys, refetchAfterMs: 1_000 }),
  })
}
