import type { Conversation } from '@candor/contracts/chat/schemas'
import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Async } from '../../ui/async.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Time } from '../../ui/time.tsx'
import { ContactForm } from './contact-form.tsx'
import { contactQuery } from './contact-query.ts'
import { contactName } from './conversation-row.tsx'
import { PageAddress } from './page-address.tsx'

/** What is known of the visitor, all of it, and the means to correct it. */
export function ContactPanel({ conversation }: { conversation: Conversation }) {
  const contactId = conversation.contact.id
  const [isEditing, setEditing] = useState(false)
  const query = useQuery(contactQuery(contactId))
  return (
    <Async query={query} lines={6}>
      {(contact) => (
        <div className="flex flex-col gap-6 p-5">
          <div className="flex items-center gap-3.5">
            <Avatar name={contact.name} id={contact.id} size="lg" />
            <div className="min-w-0">
              <p className="truncate text-lg font-semibold">{contactName(contact)}</p>
              <p className="text-sm text-muted">{visits(contact.conversationIds.length)}</p>
            </div>
          </div>
          {isEditing ? (
            <ContactForm contact={contact} onDone={() => setEditing(false)} />
          ) : (
            <>
              <DescriptionList
                items={[
                  ['Name', contact.name ?? <NotGiven />],
                  ['E-mail', contact.email ?? <NotGiven />],
                  ['Phone', contact.phone ?? <NotGiven />],
                ]}
              />
              <Button size="sm" onPress={() => setEditing(true)} className="self-start">
                <Pencil aria-hidden="true" /> Edit
              </Button>
            </>
          )}
          <div className="border-t border-line pt-5">
            <DescriptionList
              items={[
                [
                  'Writes from',
                  conversation.page ? <PageAddress address={conversation.page} /> : <NotGiven />,
                ],
                ['Started', <Time key="started" at={conversation.startedAt} as="both" />],
                ['First seen', <Time key="seen" at={contact.createdAt} />],
              ]}
            />
          </div>
          <p className="text-sm text-pretty text-muted">
            Candor collects no location, no device details and no browsing history of visitors.
          </p>
        </div>
      )}
    </Async>
  )
}

function NotGiven() {
  return <span className="text-muted">not given</span>
}

function visits(count: number): string {
  return count > 1 ? `${count} conversations` : 'First conversation'
}
