import type { ListedContact } from '@candor/contracts/chat/schemas'
import { DialogTrigger } from 'react-aria-components'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkboxes.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EditContact } from './edit-contact.tsx'
import { nameOf } from './name-of.ts'

/** One contact: who it is, how they are reached, and the way to change it. */
export function ContactItem({ contact, isSelected, onSelect }: ContactItemProps) {
  const { id, email, phone, details, otherEmails, conversations, sameAs, origin } = contact
  const called = nameOf(contact)
  const reached = [
    email,
    ...otherEmails,
    phone,
    ...details.map(({ label, value }) => `${label}: ${value}`),
  ].filter((part) => part && part !== called)
  return (
    <li className="flex items-start gap-3 px-5 py-4 sm:gap-4 sm:px-6">
      {onSelect && (
        <Checkbox isSelected={isSelected} onChange={onSelect}>
          <span className="sr-only">Select {called}</span>
        </Checkbox>
      )}
      <Avatar name={contact.name} id={id} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium break-words">
          {called}
          {sameAs.length > 0 && <Badge tone="wait">Maybe twice</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-4 text-[0.9375rem] text-muted">
          {reached.map((part) => (
            <span key={part} className="min-w-0 break-words">
              {part}{' '}
            </span>
          ))}
        </p>
        <p className="text-sm text-muted">
          {counted(conversations)}
          {origin === 'visitor' && email !== null && ', address as given in the chat'}
          {sameAs.length > 0 && ', same address or number as another contact'}
        </p>
      </div>
      <DialogTrigger>
        <Button size="sm" aria-label={`Edit ${called}`}>
          Edit
        </Button>
        <Dialog title="Edit contact">{(close) => <EditContact contact={contact} onDone={close} />}</Dialog>
      </DialogTrigger>
    </li>
  )
}

function counted(conversations: number): string {
  return conversations === 1 ? '1 conversation' : `${conversations} conversations`
}

interface ContactItemProps {
  contact: ListedContact
  isSelected: boolean
  onSelect: ((isSelected: boolean) => void) | undefined
}
