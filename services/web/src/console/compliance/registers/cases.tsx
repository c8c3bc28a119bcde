import type { PrivacyCase } from '@candor/contracts/privacy/cases'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { MessageCircleQuestion } from 'lucide-react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import type { BadgeTone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Time } from '../../../ui/time.tsx'
import { toast, toastProblem } from '../../../ui/toast.tsx'
import { FormDialog } from '../../form-dialog.tsx'
import { OfficePage } from '../office-page.tsx'
import { casesQuery, officeKey } from '../queries.ts'

/** Questions and complaints that reached the privacy team, and their answers. */
export function Cases() {
  const query = useQuery(casesQuery)
  return (
    <OfficePage
      title="Cases"
      intro="Questions and complaints from your privacy page. Who left an address is answered by mail."
    >
      <Async query={query} lines={4}>
        {(cases) =>
          cases.length === 0 ? (
            <div className="card shadow-card">
              <EmptyState icon={MessageCircleQuestion} title="No cases so far">
                What people ask your privacy team on the privacy page comes here.
              </EmptyState>
            </div>
          ) : (
            <ul aria-label="Cases" className="flex flex-col gap-4">
              {cases.map((found) => (
                <CaseCard key={found.id} found={found} />
              ))}
            </ul>
          )
        }
      </Async>
    </OfficePage>
  )
}

function CaseCard({ found }: { found: PrivacyCase }) {
  const client = useQueryClient()
  const { id: caseId, reference, topic, state, name, email, message, answer, openedAt } = found
  const close = useMutation({
    mutationFn: () => api.privacy.closeCase.mutate({ caseId }),
    onSuccess: () => {
      void client.invalidateQueries(casesQuery)
      toast(`Case ${reference} is closed.`)
    },
    onError: toastProblem,
  })
  const [tone, text] = states[state]
  return (
    <li className="card p-5 shadow-card sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-semibold">
          {topics[topic]} {reference}
        </h2>
        <Badge tone={tone}>{text}</Badge>
      </div>
      <p className="mt-0.5 text-sm text-muted">
        {name ?? 'Somebody'}
        {email ? `, ${email}` : ', without an address'}, <Time at={openedAt} as="both" />
      </p>
      <p className="mt-3 max-w-prose whitespace-pre-wrap break-words">{message}</p>
      {answer && (
        <blockquote className="mt-3 max-w-prose border-l-3 border-brand pl-4 whitespace-pre-wrap break-words text-muted">
          {answer}
        </blockquote>
      )}
      {state !== 'closed' && (
        <div className="mt-4 flex flex-wrap gap-2">
          <FormDialog
            label={answer ? 'Answer again' : 'Answer'}
            title={`Answer ${reference}`}
            size="sm"
            variant="primary"
            intro={
              email ? `It goes to ${email} by mail.` : 'No address was left: the answer is kept here alone.'
            }
            submitLabel="Answer"
            onSubmit={({ text: written = '' }) => api.privacy.answerCase.mutate({ caseId, text: written })}
            changes={[...officeKey, 'cases']}
            said="Answered."
          >
            <TextField name="text" label="Answer" rows={6} maxLength={4000} isRequired autoFocus />
          </FormDialog>
          <Button size="sm" isPending={close.isPending} onPress={() => close.mutate()}>
            Close
          </Button>
        </div>
      )}
    </li>
  )
}

const topics: Record<PrivacyCase['topic'], string> = {
  question: 'Question',
  complaint: 'Complaint',
  request: 'Request',
  minor: 'About a minor',
  other: 'Case',
}

const states: Record<PrivacyCase['state'], [BadgeTone, string]> = {
  open: ['wait', 'Waits for an answer'],
  answered: ['good', 'Answered'],
  closed: ['plain', 'Closed'],
}
