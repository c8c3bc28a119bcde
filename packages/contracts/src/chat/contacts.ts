import { z } from 'zod'
import { admins, staff } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Email, Id, Limit, PersonName, printable } from '../fields.ts'
import { CorrectableField } from '../data-holder.ts'
import { Contact, ContactDetail, contactDetailsMax, ListedContact, Phone } from './schemas.ts'

export const contactsPerCallMax = 500
export const contactsCsvMax = 100_000

/** A contact as staff add one: something has to be known of it. */
export const NewContact = z
  .object({
    name: PersonName.nullish(),
    email: Email.nullish(),
    phone: Phone.nullish(),
    details: z.array(ContactDetail).max(contactDetailsMax).default([]),
  })
  .refine(({ name, email, phone }) => name || email || phone, 'a name, an address or a number is needed')
export type NewContact = z.infer<typeof NewContact>

/** What a field of a contact is to hold. */
export const ContactChange = z.object({
  contactId: Id,
  field: CorrectableField,
  to: printable(1, 254),
})
export type ContactChange = z.infer<typeof ContactChange>

/** Why a line of a file is not taken. */
export const RefusedLine = z.object({ line: z.number().int(), field: z.string(), message: z.string() })
export type RefusedLine = z.infer<typeof RefusedLine>

const OfTenant = z.object({ tenantId: Id })
const Added = z.object({
  added: z.number().int(),
  /** Already there under their address; what was empty there is filled. */
  known: z.number().int(),
})

/** Contacts as staff keep them: found, added, corrected, and two of them made one. */
export const contacts = {
  listContacts: query({
    summary:
      'Contacts by name. `search` looks in names, addresses, numbers and details; `sameAs` names others with the same address or number.',
    access: staff,
    purpose: 'answer-inquiry',
    input: z.object({
      search: printable(0, 120).optional(),
      /** Those that follow this one. */
      afterId: Id.optional(),
      limit: Limit.default(50),
    }),
    output: z.object({ contacts: z.array(ListedContact), hasMore: z.boolean() }),
  }),
  mergeContacts: mutation({
    summary:
      'Makes one contact of two, for good: the conversations of the other follow, its fields fill what is empty, and its addresses stay with it. `take` names fields in which the other’s value is the right one. Nothing takes this back.',
    access: admins,
    purpose: 'answer-inquiry',
    input: z.object({ contactId: Id, otherId: Id, take: z.array(CorrectableField).max(3).default([]) }),
    output: Contact,
    errors: ['not-found', 'conflict'],
  }),

  addContacts: mutation({
    summary:
      'Stores contacts, all or none. One whose address staff already have fills what is empty there. Repeating it with the same key adds nothing.',
    access: ['privacy'],
    purpose: 'answer-inquiry',
    input: OfTenant.extend({ key: Id, contacts: z.array(NewContact).min(1).max(contactsPerCallMax) }),
    output: Added,
  }),
  importContacts: mutation({
    summary:
      'The same from a CSV file with a line of headings. With a single bad line nothing is stored, and every bad line is named.',
    access: ['privacy'],
    purpose: 'answer-inquiry',
    input: OfTenant.extend({ key: Id, csv: z.string().max(contactsCsvMax) }),
    output: Added.extend({ refused: z.array(RefusedLine) }),
  }),
  identifyContacts: query({
    summary: 'By which ids the persons behind contacts are known; one that is not there fails the call.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: OfTenant.extend({ contactIds: z.array(Id).min(1).max(contactsPerCallMax) }),
    output: z.array(z.object({ contactId: Id, visitorId: Id })),
    errors: ['not-found'],
  }),
  checkContactChanges: query({
    summary: 'What stands where a change is asked for, and the new value as it would be stored.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: OfTenant.extend({ changes: z.array(ContactChange).min(1).max(contactsPerCallMax) }),
    output: z.array(
      z.object({
        contactId: Id,
        visitorId: Id,
        field: CorrectableField,
        from: z.string().nullable(),
        to: z.string(),
      }),
    ),
    errors: ['not-found', 'conflict'],
  }),
} as const
