import type { Evidence as Found } from '@candor/contracts/privacy/evidence'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Form } from '../../../ui/form.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Section } from '../../../ui/page.tsx'
import { Row, Rows } from '../../../ui/rows.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Time } from '../../../ui/time.tsx'
import { useAccount } from '../../account.ts'
import { OfficePage } from '../office-page.tsx'
import { choicesOf } from '../words.ts'

/** When somebody used the chat under an address. For the owner, with a reason, and the reading is recorded. */
export function Evidence() {
  const { user } = useAccount()
  const read = useMutation({
    mutationFn: ({ email = '', reason }: Record<string, string>) =>
      api.privacy.readEvidence.query({ email: email.trim(), reason: reason as keyof typeof reasons }),
  })
  return (
    <OfficePage
      title="Evidence of use"
      intro="Who wrote in the chat, under which address, and when. It outlives an erasure for its own period, for disputes and for nothing else."
    >
      {user.role === 'owner' ? (
        <Section title="Look somebody up" intro="That you looked, for what and when stands in the audit log.">
          <Form error={read.error} onSubmit={read.mutate} label="Look somebody up">
            <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
              <TextField name="email" label="E-mail address" type="email" isRequired autoComplete="off" />
              <Select name="reason" label="For what" defaultValue="dispute" choices={choicesOf(reasons)} />
            </div>
            <Button type="submit" variant="primary" isPending={read.isPending} className="self-start">
              Look it up
            </Button>
          </Form>
        </Section>
      ) : (
        <Notice tone="info" title="For the owner">
          Only an owner opens this register.
        </Notice>
      )}
      {read.data && <Entries found={read.data} />}
    </OfficePage>
  )
}

function Entries({ found }: { found: Found[] }) {
  if (found.length === 0)
    return <Notice tone="info">Nobody used the chat under that address in the period that is kept.</Notice>
  return (
    <Section title="Found" flush>
      <Rows label="Evidence">
        {found.map(({ name, email, usedAt, expiresAt }) => (
          <Row key={usedAt}>
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                <Time at={usedAt} as="both" />
              </p>
              <p className="text-sm text-muted">
                {name ?? 'no name'}, {email}
              </p>
            </div>
            <p className="text-sm text-muted">
              kept until <Time at={expiresAt} />
            </p>
          </Row>
        ))}
      </Rows>
    </Section>
  )
}

const reasons = {
  dispute: 'A dispute with the person',
  misuse: 'Misuse of the chat',
  'legal-claim': 'A legal claim',
  authority: 'An authority asks',
} as const
