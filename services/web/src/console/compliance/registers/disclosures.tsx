import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Disclosure } from '@candor/contracts/privacy/disclosures'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Gavel } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import type { BadgeTone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkboxes } from '../../../ui/checkboxes.tsx'
import { DescriptionList } from '../../../ui/description-list.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Time } from '../../../ui/time.tsx'
import { toast, toastProblem } from '../../../ui/toast.tsx'
import { useAccount } from '../../account.ts'
import { FormDialog } from '../../form-dialog.tsx'
import { useNames } from '../../team/use-names.ts'
import { OfficePage } from '../office-page.tsx'
import { disclosuresQuery, officeKey, policyInForceQuery } from '../queries.ts'
import { categoryChoices, categoryTitle } from '../words.ts'

/** What authorities asked for. Nothing is handed out but what a second person has approved. */
export function Disclosures() {
  const query = useQuery(disclosuresQuery)
  return (
    <OfficePage
      title="Disclosures"
      intro="What authorities asked for and what they got. The person learns of it in their access answer, unless an order forbids it."
      actions={<RequestDisclosure />}
    >
      <Async query={query} lines={4}>
        {(disclosures) =>
          disclosures.length === 0 ? (
            <div className="card shadow-card">
              <EmptyState icon={Gavel} title="No authority has asked">
                Record a request before anything is handed out.
              </EmptyState>
            </div>
          ) : (
            <ul aria-label="Disclosures" className="flex flex-col gap-4">
              {disclosures.map((disclosure) => (
                <DisclosureCard key={disclosure.id} disclosure={disclosure} />
              ))}
            </ul>
          )
        }
      </Async>
    </OfficePage>
  )
}

function DisclosureCard({ disclosure }: { disclosure: Disclosure }) {
  const nameOf = useNames()
  const {
    id,
    state,
    authority,
    reference,
    ground,
    scope,
    silence,
    requestedBy,
    requestedAt,
    decidedBy,
    decidedAt,
    exportedAt,
  } = disclosure
  const [tone, text] = states[state]
  const items: Parameters<typeof DescriptionList>[0]['items'] = [
    ['About', scope.email],
    ['Scope', scope.categories.map(categoryTitle).join('; ')],
    ['Ground', ground],
    [
      'Recorded',
      <span key="recorded">
        <Time at={requestedAt} as="both" /> by {nameOf(requestedBy)}
      </span>,
    ],
    ...(decidedAt
      ? [
          [
            'Decided',
            <span key="decided">
              <Time at={decidedAt} as="both" /> by {nameOf(decidedBy)}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(exportedAt
      ? [['Exported', <Time key="exported" at={exportedAt} as="both" />] as [string, ReactNode]]
      : []),
    ...(silence
      ? [
          [
            'Silence',
            <span key="silence">
              {silence.order}
              {silence.until ? (
                <>
                  , until <Time at={silence.until} />
                </>
              ) : (
                ', until it is lifted'
              )}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
  ]
  return (
    <li className="card p-5 shadow-card sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="min-w-0 font-semibold break-words">
          {authority} <span className="font-normal text-muted">({reference})</span>
        </h2>
        <Badge tone={tone}>{text}</Badge>
      </div>
      <div className="mt-4">
        <DescriptionList items={items} />
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-2">
        {state === 'requested' && <Decisions disclosure={disclosure} />}
        {(state === 'approved' || state === 'exported') && <Export id={id} reference={reference} />}
        {silence && (
          <Act
            label="Lift the silence"
            act={() => api.privacy.liftSilence.mutate({ disclosureId: id })}
            said="The person may be told from now on."
          />
        )}
      </div>
    </li>
  )
}

function Decisions({ disclosure: { id: disclosureId, requestedBy } }: { disclosure: Disclosure }) {
  const { user, business } = useAccount()
  const { data } = useQuery(policyInForceQuery(business.slug))
  const needsOther = (data?.policy.disclosure.secondApproval ?? true) && requestedBy === user.id
  return (
    <>
      {needsOther ? (
        <p className="text-[0.9375rem] text-muted">A colleague has to approve it: you recorded it.</p>
      ) : (
        <Act
          label="Approve"
          variant="primary"
          act={() => api.privacy.decideDisclosure.mutate({ disclosureId, approve: true })}
          said="Approved. It can be exported now."
        />
      )}
      <Act
        label="Refuse"
        act={() => api.privacy.decideDisclosure.mutate({ disclosureId, approve: false })}
        said="Refused."
      />
    </>
  )
}

function Export({ id: disclosureId, reference }: { id: string; reference: string }) {
  return (
    <Act
      label={
        <>
          <Download aria-hidden="true" /> Export the scope
        </>
      }
      act={async () => {
        const handedOut = await api.privacy.exportDisclosure.mutate({ disclosureId })
        saveFile({
          filename: `disclosure-${reference.replaceAll(/[^\w-]+/g, '-')}.json`,
          mediaType: 'application/json',
          content: JSON.stringify(handedOut, null, 2),
        })
      }}
      said="Exported. The audit log keeps the digest of the file."
    />
  )
}

function Act({ label, act, said, variant }: ActProps) {
  const client = useQueryClient()
  const send = useMutation({
    mutationFn: act,
    onSuccess: () => {
      void client.invalidateQueries(disclosuresQuery)
      toast(said)
    },
    onError: toastProblem,
  })
  return (
    <Button
      size="sm"
      {...(variant ? { variant } : {})}
      isPending={send.isPending}
      onPress={() => send.mutate()}
    >
      {label}
    </Button>
  )
}

function RequestDisclosure() {
  const { business } = useAccount()
  const { data } = useQuery(policyInForceQuery(business.slug))
  const grounds = data?.policy.disclosure.grounds ?? []
  return (
    <FormDialog
      label="Record a request"
      variant="primary"
      title="An authority asks"
      submitLabel="Record it"
      onSubmit={({
        authority = '',
        reference = '',
        ground = '',
        email = '',
        categories = '',
        order,
        until,
      }) =>
        api.privacy.requestDisclosure.mutate({
          authority,
          reference,
          ground,
          scope: { email: email.trim(), categories: categories.split(' ').filter(Boolean) as CategoryId[] },
          silence: order ? { order, until: until ? `${until}T00:00:00.000Z` : null } : null,
        })
      }
      changes={[...officeKey, 'disclosures']}
      said="Recorded. A colleague has to approve it."
    >
      {data && grounds.length === 0 && (
        <Notice tone="wait">Your notice names no ground on which anything is disclosed.</Notice>
      )}
      <TextField name="authority" label="Authority" isRequired maxLength={200} autoFocus />
      <TextField name="reference" label="Their reference" isRequired maxLength={200} />
      <Select
        name="ground"
        label="Ground"
        description="One of those your notice names."
        isRequired
        choices={grounds.map((ground) => ({ id: ground, label: ground }))}
        {...(grounds[0] ? { defaultValue: grounds[0] } : {})}
      />
      <TextField name="email" label="About which address" type="email" isRequired autoComplete="off" />
      <Checkboxes
        name="categories"
        label="What they may have"
        choices={categoryChoices}
        isRequired
        columns=""
      />
      <TextField name="order" label="Order that forbids telling the person" maxLength={200} />
      <TextField name="until" label="Silence until" type="date" description="Empty: until it is lifted." />
    </FormDialog>
  )
}

const states: Record<Disclosure['state'], [BadgeTone, string]> = {
  requested: ['wait', 'Waits for approval'],
  approved: ['brand', 'Approved'],
  refused: ['plain', 'Refused'],
  exported: ['good', 'Handed out'],
}

interface ActProps {
  label: ReactNode
  act: () => Promise<unknown>
  said: string
  variant?: 'primary'
}
