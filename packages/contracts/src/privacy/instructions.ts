import { z } from 'zod'
import { admins } from '../callers.ts'
import {
  ContactChange,
  contactsCsvMax,
  contactsPerCallMax,
  NewContact,
  RefusedLine,
} from '../chat/contacts.ts'
import { mutation, query } from '../contract.ts'
import { Id, Time } from '../fields.ts'
import { PublicKey } from '../identity/schemas.ts'
import { ErasureReceipt, instructed } from './schemas.ts'

/** What a business, which decides over its customers' data, had done to some of it, and how far that is. */
export const Instruction = z.object({
  id: Id,
  does: z.enum(instructed),
  by: Id,
  openedAt: Time,
  /** Contacts to add or erase, or fields to correct. */
  items: z.number().int(),
  done: z.number().int(),
  /** Those that had not begun when it was stopped. */
  stopped: z.number().int(),
  stoppedAt: Time.nullable(),
  /** Null while anything of it is still to be done; from then on there is a receipt. */
  endedAt: Time.nullable(),
})
export type Instruction = z.infer<typeof Instruction>

/** Repeating an instruction with the same id answers the first. */
const New = z.object({ instructionId: Id })

/** Adding, correcting and erasing contacts at the word of the business, one or many, each with a signed receipt. */
export const instructions = {
  addContacts: mutation({
    summary:
      'Adds contacts, all or none. One whose address staff already have fills what is empty there instead of making a second one.',
    access: admins,
    purpose: 'answer-inquiry',
    input: New.extend({ contacts: z.array(NewContact).min(1).max(contactsPerCallMax) }),
    output: Instruction,
    errors: ['conflict'],
  }),
  importContacts: mutation({
    summary:
      'Adds contacts from a CSV file with the headings name, email and phone; any other column is a further detail. If one line is bad every bad line is named, and nothing is added.',
    access: admins,
    purpose: 'answer-inquiry',
    input: New.extend({ csv: z.string().min(1).max(contactsCsvMax) }),
    output: z.discriminatedUnion('taken', [
      z.object({ taken: z.literal(true), instruction: Instruction }),
      z.object({ taken: z.literal(false), refused: z.array(RefusedLine) }),
    ]),
    errors: ['conflict'],
  }),
  correctContacts: mutation({
    summary: 'Puts right values in place of wrong ones, here and in every service that has a copy.',
    access: admins,
    purpose: 'serve-rights',
    input: New.extend({ changes: z.array(ContactChange).min(1).max(contactsPerCallMax) }),
    output: Instruction,
    errors: ['not-found', 'conflict'],
  }),
  eraseContacts: mutation({
    summary:
      'Erases contacts with all that came from them in every service, each as an erasure of its own. Those that have not begun can be stopped.',
    access: admins,
    purpose: 'serve-rights',
    input: New.extend({ contactIds: z.array(Id).min(1).max(contactsPerCallMax) }),
    output: Instruction,
    errors: ['not-found', 'conflict'],
  }),
  stopInstruction: mutation({
    summary: 'Stops what has not begun. What has begun is finished, for half of an erasure is none.',
    access: admins,
    purpose: 'serve-rights',
    input: New,
    output: Instruction,
    errors: ['not-found'],
  }),
  getInstruction: query({
    summary: 'How far an instruction is.',
    access: admins,
    purpose: 'none',
    input: New,
    output: Instruction,
    errors: ['not-found'],
  }),
  listInstructions: query({
    summary: 'The latest instructions, newest first.',
    access: admins,
    purpose: 'none',
    input: z.object({ limit: z.number().int().min(1).max(100).default(20) }),
    output: z.array(Instruction),
  }),
  getInstructionReceipt: query({
    summary:
      'The signed receipt of an instruction that has ended. It names nobody and verifies as that of an erasure does.',
    access: admins,
    purpose: 'serve-rights',
    input: New,
    output: z.object({ receipt: ErasureReceipt, jws: z.string(), publicKey: PublicKey }),
    errors: ['not-found', 'conflict'],
  }),
} as const
