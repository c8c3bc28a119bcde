import type { ListedContact } from '@candor/contracts/chat/schemas'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { contactsKey } from './contacts-key.ts'
import { MergeContacts } from './merge-contacts.tsx'
import { nameOf } from './name-of.ts'

/** What can be done to those that are ticked. */
export function SelectionBar({ contacts, onDone }: { contacts: ListedContact[]; onDone: () => void }) {
  const client = useQueryClient()
  const erase = useMutation({
    mutationFn: () =>
      api.privacy.eraseContacts.mutate({
        instructionId: crypto.randomUUID(),
        contactIds: contacts.map(({ id }) => id),
      }),
    onSuccess: () => {
      toast('They are being deleted.')
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: contactsKey }),
  })
  const [one, other] = contacts
  const count = contacts.length
  return (
    <section aria-label="Selected contacts" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="mr-auto font-medium">
          {count} selected
        </p>
        <Button size="sm" variant="quiet" onPress={onDone}>
          Select none
        </Button>
        {count === 2 && <MergeContacts one={one!} other={other!} onDone={onDone} />}
        <Confirm
          trigger={
            <Button size="sm" isPending={erase.isPending}>
              <Trash2 aria-hidden="true" /> Delete
            </Button>
          }
          title={count === 1 ? `Delete ${nameOf(one!)}?` : `Delete ${count} contacts?`}
          confirmLabel="Delete for good"
          onConfirm={() => erase.mutate()}
        >
          Everything that came from them goes with them in every service: conversations, transcripts,
          consents. What a law has you keep, such as invoices, stays until its time. You get a signed receipt.
          Nobody can take this back.
        </Confirm>
      </div>
      <ProblemNotice error={erase.error} />
    </section>
  )
}
