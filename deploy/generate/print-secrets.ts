import { randomBytes } from 'node:crypto'
import { services } from '@candor/contracts/callers'
import { readCommandLine } from '@candor/runtime/command-line'
import { configs } from './contract-secrets.ts'
import { newKeys } from './nats-keys.ts'
import { newSecrets } from './secrets.ts'

/**
 * `npm run -s secrets -- --namespace candor | kubectl create -f -`: the contract secrets of a new installation, for
 * where no other tool fills them. `create` refuses to replace what is there: a sealing key that is gone takes with it
 * what it sealed. `--nats-key` prints one new key of a NATS user: its public half goes to NEXT_KEY_<user> in keys.conf
 * before its seed goes to the service.
 */
const usage = `Usage: npm run -s secrets -- --namespace NAMESPACE [options] | kubectl create -f -
  --database-host HOST             (postgres-rw)
  --admin-database-url URL         (that of the cluster's own PostgreSQL)
  --smtp-url URL                   (smtp://mail-catcher:1025)
  --payment-api-key KEY            (none)
  --payment-webhook-secret SECRET  (a new one)
Or: npm run -s secrets -- --nats-key, for one new key of a NATS user`
/** By which option comes what the secrets hold. */
const given: Record<string, string> = {
  ADMIN_DATABASE_URL: '--admin-database-url',
  SMTP_URL: '--smtp-url',
  PAYMENT_API_KEY: '--payment-api-key',
  PAYMENT_WEBHOOK_SECRET: '--payment-webhook-secret',
}
const { values, refuse } = readCommandLine(usage, {
  options: {
    'nats-key': { type: 'boolean' },
    namespace: { type: 'string' },
    'database-host': { type: 'string', default: 'postgres-rw' },
    'admin-database-url': { type: 'string' },
    'smtp-url': { type: 'string', default: 'smtp://mail-catcher:1025' },
    'payment-api-key': { type: 'string', default: 'none' },
    'payment-webhook-secret': { type: 'string', default: `whsec_${randomBytes(32).toString('base64')}` },
  },
})
if (values['nats-key']) {
  console.log(JSON.stringify(newKeys().current, undefined, 2))
  process.exit()
}
const namespace = values.namespace ?? refuse('Say for which namespace.')
if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
  refuse(`--namespace takes small letters, digits and dashes, not "${namespace}"`)
const host = values['database-host']
if (!/^[a-z0-9.-]+(:\d{1,5})?$/i.test(host))
  refuse(`--database-host takes a host, and perhaps a port, not "${host}"`)
const secrets = newSecrets({
  databaseHost: host,
  adminDatabaseUrl: values['admin-database-url'],
  smtpUrl: values['smtp-url'],
  paymentApiKey: values['payment-api-key'],
  paymentWebhookSecret: values['payment-webhook-secret'],
})
for (const service of services) check(configs[service].shape, secrets[`${service}-credentials`]!)
check({ ADMIN_DATABASE_URL: configs.identity.shape.DATABASE_URL }, secrets['postgres-admin-credentials']!)
const items = Object.entries(secrets).map(([name, stringData]) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'candor' } },
  type: name === 'postgres-superuser' ? 'kubernetes.io/basic-auth' : 'Opaque',
  stringData,
}))
console.log(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2))

/** What a program would refuse to start with is refused here. The value may hold a password, and is not told. */
function check(shape: Record<string, Schema>, secret: Record<string, string>): void {
  for (const [name, value] of Object.entries(secret)) {
    const { error } = shape[name]!.safeParse(value)
    if (error) refuse(`${given[name] ?? name} is not as ${name} has to be: ${error.issues[0]!.message}`)
  }
}

interface Schema {
  safeParse(value: string): { error?: { issues: { message: string }[] } | undefined }
}
