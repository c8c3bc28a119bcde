import type { ContactDetail, ListedContact } from '@candor/contracts/chat/schemas'
import { TextField } from '../../ui/text-field.tsx'

/** What a contact holds, as fields of a form. */
export function ContactFields({ contact }: { contact?: ListedContact }) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        defaultValue={contact?.name ?? ''}
        maxLength={120}
        autoComplete="off"
        autoFocus
      />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        defaultValue={contact?.email ?? ''}
        autoComplete="off"
      />
      <TextField
        name="phone"
        label="Phone"
        type="tel"
        description="With + and the code of its country, unless it is of yours."
        defaultValue={contact?.phone ?? ''}
        autoComplete="off"
      />
      <TextField
        name="details"
        label="Further details"
        description="One a line, such as “Company: Harbour Books”."
        rows={3}
        defaultValue={(contact?.details ?? []).map(({ label, value }) => `${label}: ${value}`).join('\n')}
      />
    </>
  )
}

/** The fields as typed; what is empty is null. */
export function readContactFields({
  name,
  email,
  phone,
  details = '',
}: Record<string, string>): TypedContact {
  return {
    name: name?.trim() || null,
    email: email?.trim().toLowerCase() || null,
    phone: phone?.trim() || null,
    details: details
      .split('\n')
      .filter((line) => line.trim())
      .map(readDetail),
  }
}

/** A line without a colon is a note. */
function readDetail(line: string): ContactDetail {
  const [label = '', ...rest] = line.split(':')
  const value = rest.join(':').trim()
  return value ? { label: label.trim() || 'Note', value } : { label: 'Note', value: label.trim() }
}

interface TypedContact {
  name: string | null
  email: string | null
  phone: string | null
  details: ContactDetail[]
}
