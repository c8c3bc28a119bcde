import { randomBytes } from 'node:crypto'
import { readCommandLine } from '@candor/runtime/command-line'
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
if (!values.namespace) refuse('Say for which namespace.')
const secrets = newSecrets({
  databaseHost: values['database-host'],
  adminDatabaseUrl: values['admin-database-url'],
  smtpUrl: values['smtp-url'],
  paymentApiKey: values['payment-api-key'],
  paymentWebhookSecret: values['payment-webhook-secret'],
})
const items = Object.entries(secrets).map(([name, stringData]) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: values.namespace, labels: { 'app.kubernetes.io/part-of': 'candor' } },
  type: name === 'postgres-superuser' ? 'kubernetes.io/basic-auth' : 'Opaque',
  stringData,
}))
console.log(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2))
