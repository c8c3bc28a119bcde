import { z } from 'zod'
import { admins, anyone, subject } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Id } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'

const Signed = z.object({
  /** A compact JWS over the names, sizes and hashes of all files. */
  manifest: z.string().min(1).max(500_000),
  publicKey: PublicKey,
})

/** The file a person takes elsewhere, and how a business takes it in. */
export const portability = {
  getPortabilityBundle: query({
    summary:
      'The caller’s contacts, conversations and transcripts as JSON files that follow a published schema, with a signed manifest. The first answer completes the request.',
    access: subject,
    purpose: 'serve-rights',
    input: z.object({ requestId: Id }),
    output: Signed.extend({ files: z.array(z.object({ name: z.string(), content: z.string() })) }),
    errors: ['not-found'],
  }),
  getPortabilitySchema: query({
    summary: 'The JSON Schema that every file of a portability bundle follows.',
    access: anyone,
    purpose: 'none',
    input: z.object({}),
    output: z.object({ schema: z.record(z.string(), z.unknown()) }),
  }),
  importBundle: mutation({
    summary:
      'Takes in one file of a portability bundle. A file that its manifest doesn’t name, or that was changed, is refused. Repeating it changes nothing.',
    access: admins,
    purpose: 'serve-rights',
    input: Signed.extend({ name: z.string().max(80), content: z.string().max(900_000) }),
    output: z.object({
      contacts: z.number().int(),
      conversations: z.number().int(),
      transcripts: z.number().int(),
      /** Whether this platform signed it; another's signature proves only that the files belong together. */
      signedHere: z.boolean(),
    }),
  }),
} as const
