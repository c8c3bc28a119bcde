import type { Breach } from '@candor/contracts/privacy/breaches'
import type { CategoryId } from '@candor/contracts/policy/categories'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ShieldAlert } from 'lucide-react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkboxes } from '../../../ui/checkboxes.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Deadline } from '../../../ui/deadline.tsx'
import { DescriptionList } from '../../../ui/description-list.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Time } from '../../../ui/time.tsx'
import { toast, toastProblem } from '../../../ui/toast.tsx'
import { FormDialog } from '../../form-dialog.tsx'
import { OfficePage } from '../office-page.tsx'
import { breachesQuery, officeKey } from '../queries.ts'
import { categoryChoices, categoryTitle, choicesOf } from '../words.ts'

/** Incidents. From when one was noticed the authority has to know within 72 hours, where there is a risk. */
export function Breaches() {
  const query = useQuery(breachesQuery)
  return (
    <OfficePage
      title="Breaches"
      intro="Something was lost, seen by a stranger or sent to the wrong person. 72 hours run from when it was noticed (GDPR article 33)."
      actions={<RecordBreach />}
    >
      <Async query={query} lines={4}>
        {(breaches) =>
          breaches.length === 0 ? (
            <div className="card shadow-card">
              <EmptyState icon={ShieldAlert} title="No breach is recorded">
                Record one even where no risk is likely: the register has to hold them all.
              </EmptyState>
            </div>
          ) : (
            <ul aria-label="Breaches" className="flex flex-col gap-4">
              {breaches.map((breach) => (
                <BreachCard key={breach.id} breach={breach} />
              ))}
            </ul>
          )
        }
      </Async>
    </OfficePage>
  )
}

function BreachCard({ breach }: { breach: Breach }) {
  const {
    id,
    what,
    risk,
    noticedAt,
    dueAt,
    people,
    measures,
    categories,
    authorityNotifiedAt,
    peopleNotifiedAt,
  } = breach
  const items: Parameters<typeof DescriptionList>[0]['items'] = [
    ['Noticed', <Time key="noticed" at={noticedAt} as="both" />],
    ['Data', categories.map(categoryTitle).join('; ')],
    ['People', people === null ? 'not known yet' : `about ${people}`],
    ['Measures', measures || 'none recorded yet'],
    [
      'Authority',
      authorityNotifiedAt ? <Time key="authority" at={authorityNotifiedAt} as="both" /> : 'not notified',
    ],
    ['People told', peopleNotifiedAt ? <Time key="people" at={peopleNotifiedAt} as="both" /> : 'not told'],
  ]
  return (
    <li className="card p-5 shadow-card sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h2 className="max-w-prose min-w-0 font-semibold break-words">{what}</h2>
        <div className="flex flex-wrap gap-2">
          {!breach.closedAt && !authorityNotifiedAt && risk !== 'unlikely' && <Deadline at={dueAt} />}
          <Badge tone={risk === 'high-risk' ? 'bad' : risk === 'risk' ? 'wait' : 'plain'}>
            {riskNames[risk]}
          </Badge>
          {breach.closedAt && <Badge tone="good">Closed</Badge>}
        </div>
      </div>
      <div className="mt-4">
        <DescriptionList items={items} />
      </div>
      {!breach.closedAt && (
        <div className="mt-5 flex flex-wrap gap-2">
          {!authorityNotifiedAt && <Mark id={id} as="authority-notified" label="The authority is notified" />}
          {!peopleNotifiedAt && <Mark id={id} as="people-notified" label="The people are told" />}
          <FormDialog
            label="Change"
            title="What is known of it"
            size="sm"
            submitLabel="Save"
            onSubmit={(values) => api.privacy.updateBreach.mutate({ breachId: id, ...factsOf(values) })}
            changes={[...officeKey, 'breaches']}
            said="Saved."
          >
            <Facts breach={breach} />
          </FormDialog>
          <Mark id={id} as="closed" label="Close it" />
        </div>
      )}
      <Drafts breach={breach} />
    </li>
  )
}

function Mark({
  id: breachId,
  as,
  label,
}: {
  id: string
  as: 'authority-notified' | 'people-notified' | 'closed'
  label: string
}) {
  const client = useQueryClient()
  const mark = useMutation({
    mutationFn: () => api.privacy.markBreach.mutate({ breachId, as }),
    onSuccess: () => {
      void client.invalidateQueries(breachesQuery)
      toast('Recorded.')
    },
    onError: toastProblem,
  })
  return (
    <Button size="sm" isPending={mark.isPending} onPress={() => mark.mutate()}>
      {label}
    </Button>
  )
}

function Drafts({ breach: { drafts } }: { breach: Breach }) {
  return (
    <details className="mt-5 border-t border-line pt-4">
      <summary className="cursor-pointer font-medium">Drafts of the notifications</summary>
      {(
        [
          ['To the authority', drafts.authority],
          ['To the people', drafts.people],
        ] as const
      ).map(([title, text]) => (
        <div key={title} className="mt-4">
          <div className="flex items-center justify-between gap-3">
            <h3 className="font-medium">{title}</h3>
            <CopyButton text={text} />
          </div>
          <p className="mt-2 rounded-xl bg-sunken p-4 text-[0.9375rem] whitespace-pre-wrap break-words">
            {text}
          </p>
        </div>
      ))}
    </details>
  )
}

function RecordBreach() {
  return (
    <FormDialog
      label="Record a breach"
      variant="primary"
      title="Record a breach"
      intro="What you know now. You can change it until the breach is closed."
      submitLabel="Record it"
      onSubmit={({ noticedAt, ...values }) =>
        api.privacy.recordBreach.mutate({
          ...factsOf(values),
          ...(noticedAt ? { noticedAt: new Date(noticedAt).toISOString() } : {}),
        })
      }
      changes={[...officeKey, 'breaches']}
      said="Recorded. The clock runs."
    >
      <TextField name="noticedAt" label="Noticed" type="datetime-local" description="Empty: now." />
      <Facts />
    </FormDialog>
  )
}

function Facts({ breach }: { breach?: Breach }) {
  return (
    <>
      <TextField
        name="what"
        label="What happened"
        rows={3}
        maxLength={4000}
        isRequired
        defaultValue={breach?.what ?? ''}
      />
      <Checkboxes
        name="categories"
        label="Which data"
        choices={categoryChoices}
        defaultValue={breach?.categories ?? []}
        isRequired
        columns=""
      />
      <TextField
        name="people"
        label="How many people, about"
        type="number"
        description="Empty: not known yet."
        defaultValue={breach?.people?.toString() ?? ''}
      />
      <Select
        name="risk"
        label="Risk to them"
        defaultValue={breach?.risk ?? 'risk'}
        choices={choicesOf(riskNames)}
      />
      <TextField
        name="measures"
        label="What was done about it"
        rows={3}
        maxLength={4000}
        defaultValue={breach?.measures ?? ''}
      />
    </>
  )
}

function factsOf({ what = '', categories = '', people, risk, measures = '' }: Record<string, string>) {
  return {
    what,
    categories: categories.split(' ').filter(Boolean) as CategoryId[],
    people: people ? Number(people) : null,
    risk: risk as Breach['risk'],
    measures,
  }
}

const riskNames: Record<Breach['risk'], string> = {
  unlikely: 'A risk is unlikely',
  risk: 'Risk',
  'high-risk': 'High risk',
}
