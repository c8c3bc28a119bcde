import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { subscriptionQuery } from './queries.ts'

/** Back from the payment provider. Only its signed notice changes the plan, so the page waits for that to show. */
export function CheckoutReturn() {
  const [params, setParams] = useSearchParams()
  const outcome = params.get('checkout')
  const dismiss = (
    <Button size="sm" variant="quiet" onPress={() => setParams({}, { replace: true })}>
      Dismiss
    </Button>
  )
  if (outcome === 'cancelled') {
    return (
      <Notice title="Nothing was charged" action={dismiss}>
        You left the payment page. Your plan is as it was.
      </Notice>
    )
  }
  return outcome === 'success' ? <Confirmation dismiss={dismiss} /> : null
}

function Confirmation({ dismiss }: { dismiss: ReactNode }) {
  const client = useQueryClient()
  const [since] = useState(Date.now)
  const [isSlow, setSlow] = useState(false)
  const { data } = useQuery({
    ...subscriptionQuery,
    refetchInterval: ({ state }) =>
      isPaid(state.data) ? false : Date.now() - since > slowAfterMs ? 10_000 : 1_500,
  })
  const isDone = isPaid(data)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowAfterMs)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['billing'] })
  }, [isDone, client])

  if (isDone) {
    return (
      <Notice tone="good" title={`You are on the ${data?.plan.name} plan`} action={dismiss}>
        Thank you. {data?.next && `The ${data.next.plan.name} month begins when this one ends. `}The invoice
        is below.
      </Notice>
    )
  }
  return (
    <Notice tone="wait" title="Waiting for the payment to be confirmed">
      {isSlow
        ? 'This takes longer than usual. You can leave this page: the plan changes by itself once the provider confirms.'
        : 'This takes a few seconds.'}
    </Notice>
  )
}

function isPaid(
  subscription: { plan: { price: { amountMinor: number } }; status: string } | undefined,
): boolean {
  return subscription?.status === 'active' && subscription.plan.price.amountMinor > 0
}

const slowAfterMs = 30_000
