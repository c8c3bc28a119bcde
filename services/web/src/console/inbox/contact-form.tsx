import type { Contact } from '@candor/contracts/chat/schemas'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { contactQuery } from './contact-query.ts'

/** Corrects a contact; an emptied field is removed, not kept blank. */
export function ContactForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const client = useQueryClient()
  const update = useMutation({
    mutationFn: ({ name, email, phone }: Record<string, string>) =>
      api.chat.updateContact.mutate({
        contactId: contact.id,
        name: name?.trim() || null,
        email: email?.trim() || null,
        phone: phone?.trim() || null,
      }),
    onSuccess: (changed) => {
      client.setQueryData(contactQuery(contact.id).queryKey, changed)
      toast('Contact saved.')
      onDone()
    },
  })
  return (
    <Form label="Edit contact" error={update.error} onSubmit={update.mutate} className="flex flex-col gap-4">
      <TextField
        name="name"
        label="Name"
        defaultValue={contact.name ?? ''}
        maxLength={120}
        autoComplete="off"
        autoFocus
      />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        defaultValue={contact.email ?? ''}
        autoComplete="off"
      />
      <TextField
        name="phone"
        label="Phone"
        type="tel"
        defaultValue={contact.phone ?? ''}
        autoComplete="off"
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="sm" isPending={update.isPending}>
          Save
        </Button>
        <Button size="sm" variant="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}
