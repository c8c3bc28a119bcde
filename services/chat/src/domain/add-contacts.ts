import { NewContact } from '@candor/contracts/chat/contacts'
import type { RefusedLine } from '@candor/contracts/chat/contacts'
import type { chat } from '@candor/contracts/chat'
import type { InputOf, OutputOf } from '@candor/contracts/contract'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { readContactLines } from '../import/read-contact-lines.ts'
import type { ContactLine } from '../import/read-contact-lines.ts'
import type { Deps } from './deps.ts'
import { derivedId } from './derived-id.ts'
import { guardOf } from './guard.ts'
import type { Guard } from './guard.ts'
import { guardContact, guardDetails, haveContact } from './have-contact.ts'
import { noNumber, phoneReader } from './read-phone.ts'
import type { PhoneReader } from './read-phone.ts'

/** Stores contacts that staff name, all or none of them. */
export async function addContacts(
  deps: Deps,
  { tenantId, key, contacts }: InputOf<Rows['addContacts']>,
): Promise<OutputOf<Rows['addContacts']>> {
  const lines = contacts.map((values, index) => ({ line: index, values }))
  const { refused, ready } = await check(deps, tenantId, lines)
  if (refused.length > 0) {
    const fields = refused.map(({ line, field, message }) => ({ path: `contacts.${line}.${field}`, message }))
    throw new ServiceError('bad-input', `${fields[0]!.path}: ${fields[0]!.message}`, { fields })
  }
  return store(deps, tenantId, key, ready)
}

/** The same from a file: a bad line is named, and then nothing of the file is stored. */
export async function importContacts(
  deps: Deps,
  { tenantId, key, csv }: InputOf<Rows['importContacts']>,
): Promise<OutputOf<Rows['importContacts']>> {
  const { refused: unread, lines } = readContactLines(csv)
  const { refused: unfit, ready } = await check(deps, tenantId, lines)
  const refused = [...unread, ...unfit].toSorted((one, other) => one.line - other.line)
  if (refused.length > 0) return { refused, added: 0, known: 0 }
  return { refused: [], ...(await store(deps, tenantId, key, ready)) }
}

type Rows = (typeof chat)['procedures']

async function check(
  deps: Deps,
  tenantId: string,
  lines: readonly ContactLine[],
): Promise<{ refused: RefusedLine[]; ready: Ready[] }> {
  const guard = await guardOf(deps, tenantId)
  const read = await phoneReader(
    deps,
    tenantId,
    lines.map(({ values }) => values.phone),
  )
  const seen = new Map<string, number>()
  const refused: RefusedLine[] = []
  const ready: Ready[] = []
  for (const { line, values } of lines) {
    const checked = checkOne(values, read, guard)
    if ('field' in checked) {
      refused.push({ line, ...checked })
      continue
    }
    const before = checked.email ? seen.get(checked.email) : undefined
    if (before !== undefined)
      refused.push({ line, field: 'email', message: `is the same address as in line ${before}` })
    else if (checked.email) seen.set(checked.email, line)
    ready.push({ ...checked, line })
  }
  return { refused, ready }
}

function checkOne(
  values: ContactLine['values'],
  read: PhoneReader,
  guard: Guard,
): NewContact | { field: string; message: string } {
  const parsed = NewContact.safeParse(values)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { field: issue!.path.map(String).join('.') || 'name', message: issue!.message }
  }
  const phone = read(parsed.data.phone)
  if (parsed.data.phone && !phone) return { field: 'phone', message: noNumber }
  try {
    const contact = guardContact(guard, { ...parsed.data, phone })
    return { ...contact, details: guardDetails(guard, contact.details) }
  } catch (err) {
    const [refusal] = (err instanceof ServiceError && err.details.fields) || []
    if (!refusal) throw err
    return { field: refusal.path, message: refusal.message }
  }
}

/** Ids follow from the key and the line, so that a repeat finds what the first time made. */
async function store(
  deps: Deps,
  tenantId: string,
  key: string,
  contacts: readonly Ready[],
): Promise<{ added: number; known: number }> {
  const ids = await asTenant(deps.db, tenantId, async (trx) => {
    const made: boolean[] = []
    // One order for all: two files with the same addresses wait for each other, and not in a circle.
    for (const { line, ...contact } of contacts.toSorted(byAddress)) {
      const newId = derivedId(`${tenantId}|${key}|${line}`)
      const { id } = await haveContact(deps, trx, tenantId, { ...contact, newId })
      made.push(id === newId)
    }
    return made
  })
  deps.relay.wake()
  const added = ids.filter(Boolean).length
  return { added, known: ids.length - added }
}

function byAddress(one: Ready, other: Ready): number {
  return (one.email ?? '').localeCompare(other.email ?? '')
}

interface Ready extends NewContact {
  line: number
}
