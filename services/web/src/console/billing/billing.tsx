import { useQuery } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { Page } from '../../ui/page.tsx'
import { isAdmin, useAccount } from '../account.ts'
import { CheckoutReturn } from './checkout-return.tsx'
import { Invoices } from './invoices.tsx'
import { Plans } from './plans.tsx'
import { subscriptionQuery } from './queries.ts'
import { SubscriptionCard } from './subscription-card.tsx'

export function Billing() {
  const { user } = useAccount()
  const subscription = useQuery(subscriptionQuery)
  return (
    <Page title="Billing" intro="What you use and what it costs. Prices are net, a month.">
      <CheckoutReturn />
      <Async query={subscription} lines={5}>
        {(current) => (
          <>
            <SubscriptionCard subscription={current} />
            <Plans current={current} />
          </>
        )}
      </Async>
      {isAdmin(user) && <Invoices />}
    </Page>
  )
}
