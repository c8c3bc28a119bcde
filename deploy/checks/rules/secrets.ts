import { eachObject } from './rule.ts'
import type { Rule } from './rule.ts'

/** What is secret stands in no render. */
export const secretRules: Rule[] = [
  {
    id: 43,
    says: 'no secret value is rendered: not as a Secret, not inside anything else',
    check: eachObject(
      ({ objects }) => [...objects],
      (object) => [...(object.kind === 'Secret' ? ['a Secret'] : []), ...findSecrets(object, '')],
    ),
  },
]

/** Where in an object something looks like a secret; the value itself is not told. */
function findSecrets(value: unknown, path: string): string[] {
  if (typeof value === 'string') return looksSecret.some((pattern) => pattern.test(value)) ? [path] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([field, inner]) => [
    ...(typeof inner === 'string' && onlyAsFile.has(field) ? [`${path}/${field}`] : []),
    ...findSecrets(inner, `${path}/${field}`),
  ])
}

const looksSecret = [
  // An address with a password in it.
  /\b[a-z][a-z+]*:\/\/[^\s:/@]*:[^\s/@$]+@/,
  // Seeds of NATS keys, and what JSON Web Tokens begin with.
  /\bS[UANOC][A-Z2-7]{56}\b/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\./,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bwhsec_[\w+/=]{8,}/,
  // 32 bytes in base64, alone.
  /^[A-Za-z0-9+/]{43}=$/,
]

/** Variables of services that are secrets: they come as files of that name. */
const onlyAsFile = new Set([
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'NATS_SEED',
  'PAYMENT_API_KEY',
  'PAYMENT_WEBHOOK_SECRET',
  'SEALING_KEY',
  'SMTP_URL',
])
