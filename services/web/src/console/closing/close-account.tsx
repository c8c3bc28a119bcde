import type { Remains } from '@candor/contracts/privacy/closing'
import { useQuery } from '@tanstack/react-query'
import { navigate } from 'wouter/use-browser-location'
import { api } from '../../api/api.ts'
import { endSession } from '../../api/session.ts'
import { Async } from '../../ui/async.tsx'
import { Section } from '../../ui/page.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Time } from '../../ui/time.tsx'
import { useAccount } from '../account.ts'
import { FormDialog } from '../form-dialog.tsx'
import { rememberClosure } from './closure-token.ts'

/** Ends the account of the business. What would stay, by which law and until when, is told before. */
export function CloseAccount() {
  const { business } = useAccount()
  const remains = useQuery({ queryKey: ['closure'], queryFn: () => api.privacy.previewClosure.query({}) })
  return (
    <Section
      title="Close the account"
      intro="For good and at once: conversations, transcripts, contacts and staff go, in every part of the service."
    >
      <Async query={remains} lines={3}>
        {(found) => <WhatStays remains={found} />}
      </Async>
      <div>
        <FormDialog
          label="Close the account"
          title={`Close ${business.name}?`}
          variant="danger"
          intro="Everybody is signed out, and what is not listed as staying is erased. There is no way back."
          submitLabel="Close the account for good"
          tone="danger"
          changes={['closed']}
          said="The account is closed."
          onSubmit={({ businessName = '' }) => api.privacy.closeAccount.mutate({ businessName })}
          onDone={(closed) => {
            rememberClosure(closed)
            endSession()
            navigate('/closed')
          }}
        >
          <TextField
            name="businessName"
            label="The name of the business"
            description={`Type ${business.name}`}
            autoComplete="off"
            isRequired
          />
        </FormDialog>
      </div>
    </Section>
  )
}

function WhatStays({ remains: { kept, held } }: { remains: Remains }) {
  if (kept.length + held.length === 0) return <p>Nothing would stay.</p>
  return (
    <div className="text-[0.9375rem]">
      <p>What would stay:</p>
      <ul className="mt-2 flex flex-col gap-2">
        {kept.map(({ service, table, category, rows, reason, until }) => (
          <li key={`${service} ${table} ${category}`}>
            {count(rows)}: {reason}
            <Until at={until} />
          </li>
        ))}
        {held.map(({ service, table, category, rows, law, owner, until }) => (
          <li key={`${service} ${table} ${category} ${law}`}>
            {count(rows)} on hold by {owner}: {law}
            <Until at={until} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Until({ at }: { at: string | null }) {
  return at ? (
    <>
      , until <Time at={at} />
    </>
  ) : null
}

function count(rows: number): string {
  return `${rows} ${rows === 1 ? 'record' : 'records'}`
}
