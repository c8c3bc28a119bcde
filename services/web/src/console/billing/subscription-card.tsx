import type { Subscription } from '@candor/contracts/billing/schemas'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { BadgeTone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { toast, toastProblem } from '../../ui/toast.tsx'
import { useAccount } from '../account.ts'
import { subscriptionQuery, usageQuery } from './queries.ts'

export function SubscriptionCard({ subscription }: { subscription: Subscription }) {
  const usage = useQuery(usageQuery)
  const { plan, status, periodStart, periodEnd, endsAtPeriodEnd, next } = subscription
  const [tone, text] = endsAtPeriodEnd ? (['wait', 'Ends with the period'] as const) : states[status]
  return (
    <Section
      title={`${plan.name} plan`}
      intro={
        <>
          <Time at={periodStart} /> to <Time at={periodEnd} />
        </>
      }
      actions={<Badge tone={tone}>{text}</Badge>}
    >
      <Async query={usage} lines={2}>
        {({ conversations, messages }) => (
          <div className="flex flex-col gap-3">
            <Meter
              label="Conversations"
              value={conversations.used}
              max={conversations.included}
              text={`${number.format(conversations.used)} of ${number.format(conversations.included)}`}
            />
            <p className="text-sm text-muted">
              {count(messages.used, 'message')} in {conversations.used === 1 ? 'it' : 'them'}; messages are
              not limited. {count(plan.seatsIncluded, 'seat')} included.
            </p>
          </div>
        )}
      </Async>
      {next && (
        <p className="mt-3">
          From <Time at={next.startsAt} />: {next.plan.name} plan, already paid.
        </p>
      )}
      <CancelPlan subscription={subscription} />
    </Section>
  )
}

function CancelPlan({ subscription }: { subscription: Subscription }) {
  const { user } = useAccount()
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.billing.cancelSubscription.mutate(),
    onSuccess: (changed) => {
      client.setQueryData(subscriptionQuery.queryKey, changed)
      toast('Cancelled. The plan ends with its period.')
    },
    onError: toastProblem,
  })
  if (user.role !== 'owner' || subscription.status !== 'active' || subscription.endsAtPeriodEnd) return null
  return (
    <div className="mt-5 border-t border-line pt-4">
      <Confirm
        title={`Cancel the ${subscription.plan.name} plan?`}
        confirmLabel="Cancel plan"
        onConfirm={() => cancel.mutate()}
        trigger={
          <Button size="sm" variant="quiet" isPending={cancel.isPending} className="-ml-3">
            Cancel plan
          </Button>
        }
      >
        It stays as it is until <Time at={subscription.periodEnd} /> and is not charged again. Nothing is
        deleted by cancelling.
      </Confirm>
    </div>
  )
}

function count(amount: number, noun: string): string {
  return `${number.format(amount)} ${noun}${amount === 1 ? '' : 's'}`
}

const number = new Intl.NumberFormat()
const states: Record<Subscription['status'], [BadgeTone, string]> = {
  trialing: ['brand', 'Trial'],
  active: ['good', 'Active'],
  cancelled: ['wait', 'Cancelled'],
  ended: ['bad', 'Ended'],
}
