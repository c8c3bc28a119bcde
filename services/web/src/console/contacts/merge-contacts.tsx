import type { ListedContact } from '@candor/contracts/chat/schemas'
import { Merge } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Select } from '../../ui/select.tsx'
import { FormDialog } from '../form-dialog.tsx'
import { contactsKey } from './contacts-key.ts'
import { nameOf } from './name-of.ts'

/** Makes two contacts one. Says first what that means for whoever they are, and that it is for good. */
export function MergeContacts({ one, other, onDone }: MergeContactsProps) {
  const differing = fields.filter(({ field }) => one[field] && other[field] && one[field] !== other[field])
  return (
    <FormDialog
      label={
        <>
          <Merge aria-hidden="true" /> Merge
        </>
      }
      size="sm"
      title={`Merge ${nameOf(one)} and ${nameOf(other)}`}
      intro={
        <>
          <p>
            Do this only if you know that they are one person. Their conversations come together under one
            contact. Whoever proves either address, or is signed in as either, can then see, correct and erase
            what came from both.
          </p>
          <p className="mt-2 font-medium text-ink">This cannot be undone.</p>
        </>
      }
      submitLabel="Merge for good"
      tone="danger"
      onSubmit={(values) =>
        api.chat.mergeContacts.mutate({
          contactId: one.id,
          otherId: other.id,
          take: fields.flatMap(({ field }) => (values[field] === 'other' ? [field] : [])),
        })
      }
      changes={contactsKey}
      said="They are one contact now."
      onDone={onDone}
    >
      {differing.map(({ field, label }) => (
        <Select
          key={field}
          name={field}
          label={label}
          defaultValue="one"
          choices={[
            { id: 'one', label: one[field]! },
            { id: 'other', label: other[field]! },
          ]}
        />
      ))}
    </FormDialog>
  )
}

const fields = [
  { field: 'name', label: 'Which name is right' },
  { field: 'email', label: 'Which address is used' },
  { field: 'phone', label: 'Which number is used' },
] as const

interface MergeContactsProps {
  one: ListedContact
  other: ListedContact
  onDone: () => void
}
