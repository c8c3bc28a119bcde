import type { Plan, Subscription } from '@candor/contracts/billing/schemas'
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { Async } from '../../ui/async.tsx'
import { Badge } from '../../ui/badge.tsx'
import { formatMoney } from '../../ui/money.ts'
import { useAccount } from '../account.ts'
import { isOffered } from './is-offered.ts'
import { plansQuery } from './queries.ts'
import { UpgradeButton } from './upgrade-button.tsx'

export function Plans({ current }: { current: Subscription }) {
  const plans = useQuery(plansQuery)
  return (
    <section aria-labelledby="plans">
      <h2 id="plans" className="mb-3 text-lg font-semibold">
        Plans
      </h2>
      <Async query={plans} lines={4}>
        {(all) => (
          <ul className="grid gap-4 sm:grid-cols-3">
            {all.map((plan) => (
              <PlanCard key={plan.id} plan={plan} current={current} />
            ))}
          </ul>
        )}
      </Async>
    </section>
  )
}

function PlanCard({ plan, current }: { plan: Plan; current: Subscription }) {
  const { user } = useAccount()
  const isCurrent = plan.id === current.plan.id && current.status !== 'ended'
  const isFree = plan.price.amountMinor === 0
  const isAtOnce = plan.price.amountMinor > current.plan.price.amountMinor || current.status === 'ended'
  const offered = isOffered(plan, current, new Date())
  return (
    <li
      className={`card flex flex-col gap-4 p-5 ${isCurrent ? 'outline-2 -outline-offset-2 outline-brand' : 'shadow-card'}`}
    >
      <div>
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-semibold">{plan.name}</h3>
          {isCurrent && <Badge tone="brand">Your plan</Badge>}
          {!isCurrent && plan.id === current.next?.plan.id && <Badge tone="wait">Follows</Badge>}
        </div>
        <p className="mt-2 text-3xl font-semibold tracking-tight tabular-nums">
          {isFree ? 'Free' : formatMoney(plan.price.amountMinor, plan.price.currency)}
        </p>
        <p className="text-sm text-muted">{isFree ? 'while you try it' : 'a month, plus tax'}</p>
      </div>
      <ul className="flex flex-1 flex-col gap-1.5 text-[0.9375rem]">
        {features(plan).map((feature) => (
          <li key={feature} className="flex gap-2">
            <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-brand-text" />
            {feature}
          </li>
        ))}
      </ul>
      {offered && user.role === 'owner' && (
        <UpgradeButton
          plan={plan}
          label={labelFor(plan, isCurrent, isAtOnce)}
          startsAt={isAtOnce ? null : current.periodEnd}
        />
      )}
      {offered && user.role !== 'owner' && (
        <p className="text-sm text-muted">An owner can choose this plan.</p>
      )}
    </li>
  )
}

function labelFor(plan: Plan, isCurrent: boolean, isAtOnce: boolean): string {
  if (isCurrent) return 'Add a month'
  return isAtOnce ? `Choose ${plan.name}` : `Continue with ${plan.name}`
}

function features({ conversationsIncluded, seatsIncluded }: Plan): string[] {
  return [
    `${conversationsIncluded.toLocaleString()} conversations`,
    `${seatsIncluded} ${seatsIncluded === 1 ? 'seat' : 'seats'}`,
    'Transcripts and search',
    'Privacy centre and receipts',
  ]
}
