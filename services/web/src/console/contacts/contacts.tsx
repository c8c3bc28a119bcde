import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ContactRound } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { isAdmin, useAccount } from '../account.ts'
import { AddContact } from './add-contact.tsx'
import { ContactItem } from './contact-item.tsx'
import { contactsKey } from './contacts-key.ts'
import { ImportContacts } from './import-contacts.tsx'
import { Instructions } from './instructions.tsx'
import { SelectionBar } from './selection-bar.tsx'

/** Everybody the business knows, and what it decides about what is held of them. */
export function Contacts() {
  const { user } = useAccount()
  const isDeciding = isAdmin(user)
  const [typed, setTyped] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const search = useDeferredValue(typed.trim().slice(0, 120))
  const found = useInfiniteQuery({
    queryKey: [...contactsKey, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api.chat.listContacts.query({ search, ...(pageParam ? { afterId: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.hasMore ? page.contacts.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const contacts = found.data?.pages.flatMap((page) => page.contacts) ?? []
  const chosen = contacts.filter(({ id }) => selected.has(id))
  const select = (id: string, isSelected: boolean) => {
    const next = new Set(selected)
    if (isSelected) next.add(id)
    else next.delete(id)
    setSelected(next)
  }
  return (
    <Page
      title="Contacts"
      intro="Who wrote to you, and whom you added. What you change or delete here changes in every service."
      actions={
        isDeciding && (
          <>
            <ImportContacts />
            <AddContact />
          </>
        )
      }
    >
      <SearchField
        label="Search contacts"
        placeholder="Search names, addresses, numbers and details"
        value={typed}
        onChange={setTyped}
      />
      {isDeciding && chosen.length > 0 && (
        <SelectionBar contacts={chosen} onDone={() => setSelected(new Set())} />
      )}
      <div className="card overflow-hidden shadow-card">
        <Async query={found} lines={6}>
          {() =>
            contacts.length === 0 ? (
              <EmptyState
                icon={ContactRound}
                title={search ? `Nobody found for “${search}”` : 'No contacts yet'}
              >
                {search ? 'Try less of the name or address.' : 'Whoever writes to you appears here.'}
              </EmptyState>
            ) : (
              <ul aria-label="Contacts" className="divide-y divide-line">
                {contacts.map((contact) => (
                  <ContactItem
                    key={contact.id}
                    contact={contact}
                    isSelected={selected.has(contact.id)}
                    onSelect={isDeciding ? (isSelected) => select(contact.id, isSelected) : undefined}
                  />
                ))}
              </ul>
            )
          }
        </Async>
      </div>
      {found.hasNextPage && (
        <Button
          className="self-center"
          isPending={found.isFetchingNextPage}
          onPress={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {isDeciding && <Instructions />}
    </Page>
  )
}
