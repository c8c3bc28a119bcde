import { z } from 'zod'
import { admins, anyone, subject, services } from '../callers.ts'
import { contract, query } from '../contract.ts'
import type { RouterOf } from '../contract.ts'
import { dataHolder } from '../data-holder.ts'
import { Country, Id, Slug } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'
import { operations } from '../operations.ts'
import { consent } from './consent.ts'
import { instructions } from './instructions.ts'
import { marketing } from './marketing.ts'
import { notices, Version } from './notices.ts'
import { portability } from './portability.ts'
import { requests } from './requests.ts'
import { retention } from './retention.ts'
import { audit } from './audit.ts'
import { breaches } from './breaches.ts'
import { cases } from './cases.ts'
import { closing } from './closing.ts'
import { disclosures } from './disclosures.ts'
import { evidence } from './evidence.ts'
import { registers } from './registers.ts'
import { ErasureReceipt, PrivacyNotice } from './schemas.ts'

/** The rights of data subjects: asked for, proven, carried out in every service, receipted. */
export const privacy = contract('privacy', {
  getNotice: query({
    summary:
      "A business's privacy notice, written from its settings and from what the services declare: the version in force, or another one. With the reader's country it names the authority there.",
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug, version: Version.optional(), country: Country.optional() }),
    output: PrivacyNotice,
    errors: ['not-found'],
  }),
  ...requests,
  ...instructions,
  ...portability,
  getReceipt: query({
    summary: 'The signed receipt of a completed erasure, as data and as a compact JWS.',
    access: [...subject, ...admins],
    purpose: 'serve-rights',
    input: z.object({ requestId: Id }),
    output: z.object({ receipt: ErasureReceipt, jws: z.string(), publicKey: PublicKey }),
    errors: ['not-found'],
  }),
  verifyReceipt: query({
    summary:
      'Whether a receipt was signed here and is unchanged. The same check runs offline with a public key.',
    access: anyone,
    purpose: 'none',
    input: z.object({ jws: z.string().min(1).max(100_000) }),
    output: z.discriminatedUnion('valid', [
      z.object({ valid: z.literal(true), receipt: ErasureReceipt }),
      z.object({ valid: z.literal(false), reason: z.string() }),
    ]),
  }),
  listSigningKeys: query({
    summary: 'Public keys that verify receipts, manifests and audit logs, the ones used earlier among them.',
    access: anyone,
    purpose: 'none',
    input: z.object({}),
    output: z.object({ keys: z.array(PublicKey) }),
  }),
  getLedgerKey: query({
    summary:
      'Under which the ledger of erasures names the addresses of a business, for a database that was restored.',
    access: services,
    purpose: 'none',
    input: z.object({ tenantId: Id }),
    output: z.object({ key: z.string() }),
  }),
  ...notices,
  ...retention,
  ...consent,
  ...marketing,
  ...audit,
  ...evidence,
  ...cases,
  ...disclosures,
  ...breaches,
  ...closing,
  ...registers,
  ...dataHolder,
  ...operations,
})

export type PrivacyRouter = RouterOf<typeof privacy>
