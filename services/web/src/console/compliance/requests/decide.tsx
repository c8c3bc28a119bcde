import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Form } from '../../../ui/form.tsx'
import { Section } from '../../../ui/page.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { toast } from '../../../ui/toast.tsx'
import { requestQuery, requestsKey } from './request-queries.ts'

/** What the law leaves to the business. The reason is told to who asked, word for word. */
export function Decide({ request }: { request: PrivacyRequest }) {
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<'approved' | 'refused'>('approved')
  const decide = useMutation({
    mutationFn: ({ reason = '', recipients = '' }: Record<string, string>) =>
      api.privacy.decideRequest.mutate({
        requestId: request.id,
        outcome,
        reason,
        recipients: recipients.split(/[\s,;]+/).filter(Boolean),
      }),
    onSuccess: (decided) => {
      client.setQueryData(requestQuery(request.id).queryKey, decided)
      void client.invalidateQueries({ queryKey: requestsKey })
      toast(`${outcome === 'approved' ? 'Approved' : 'Refused'}. The requester is told by mail.`)
    },
  })
  const isCorrection = request.details?.correction !== undefined
  return (
    <Section title="Your decision" intro="The requester gets the reason by mail, in your words.">
      <Form error={decide.error} onSubmit={decide.mutate} label="Decision">
        <div className="max-w-sm">
          <Segmented
            label="Outcome"
            value={outcome}
            onChange={setOutcome}
            choices={[
              { id: 'approved', label: 'Approve' },
              { id: 'refused', label: 'Refuse' },
            ]}
          />
        </div>
        <TextField name="reason" label="Reason" rows={3} maxLength={2000} isRequired />
        {isCorrection && outcome === 'approved' && (
          <TextField
            name="recipients"
            label="Whom you gave the wrong value"
            description="E-mail addresses, one a line. They are told what is right (GDPR article 19)."
            rows={2}
          />
        )}
        <Button
          type="submit"
          variant={outcome === 'approved' ? 'primary' : 'danger'}
          isPending={decide.isPending}
          className="self-start"
        >
          {outcome === 'approved' ? 'Approve the request' : 'Refuse the request'}
        </Button>
      </Form>
    </Section>
  )
}
