import type { ListedContact } from '@candor/contracts/chat/schemas'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { isAdmin, useAccount } from '../account.ts'
import { ContactFields, readContactFields } from './contact-fields.tsx'
import { contactsKey } from './contacts-key.ts'

/**
 * Changes a contact. What admins correct is an instruction with a receipt, carried out in every service; what they or
 * an agent take away or note beside it is changed at once.
 */
export function EditContact({ contact, onDone }: { contact: ListedContact; onDone: () => void }) {
  const { user } = useAccount()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (values: Record<string, string>) => (isAdmin(user) ? decide : correct)(contact, values),
    onSuccess: () => {
      toast('Contact saved.')
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: contactsKey }),
  })
  return (
    <Form label="Edit contact" error={save.error} onSubmit={save.mutate}>
      <ContactFields contact={contact} />
      {contact.otherEmails.length > 0 && (
        <p className="text-sm text-muted">
          Merged with the contact of {new Intl.ListFormat('en').format(contact.otherEmails)}.
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onDone}>Go back</Button>
        <Button type="submit" variant="primary" isPending={save.isPending}>
          Save
        </Button>
      </div>
    </Form>
  )
}

async function correct({ id: contactId }: ListedContact, values: Record<string, string>): Promise<void> {
  await api.chat.updateContact.mutate({ contactId, ...readContactFields(values) })
}

async function decide(contact: ListedContact, values: Record<string, string>): Promise<void> {
  const { details, ...typed } = readContactFields(values)
  const contactId = contact.id
  const fields = ['name', 'email', 'phone'] as const
  const changes = fields.flatMap((field) => {
    const to = typed[field]
    return to !== null && to !== contact[field] ? [{ contactId, field, to }] : []
  })
  const removed = fields.filter((field) => typed[field] === null && contact[field] !== null)
  const isOther = JSON.stringify(details) !== JSON.stringify(contact.details)
  if (changes.length > 0)
    await api.privacy.correctContacts.mutate({ instructionId: crypto.randomUUID(), changes })
  if (removed.length > 0 || isOther)
    await api.chat.updateContact.mutate({
      contactId,
      details,
      ...Object.fromEntries(removed.map((field) => [field, null])),
    })
}
