import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

export const plansQuery = queryOptions({
  queryKey: ['billing', 'plans'],
  queryFn: () => api.billing.listPlans.query(),
  staleTime: 600_000,
})

export const subscriptionQuery = queryOptions({
  queryKey: ['billing', 'subscription'],
  queryFn: () => api.billing.getSubscription.query(),
})

export const usageQuery = queryOptions({
  queryKey: ['billing', 'usage'],
  queryFn: () => api.billing.getUsage.query(),
})

export const invoicesQuery = queryOptions({
  queryKey: ['billing', 'invoices'],
  queryFn: () => api.billing.listInvoices.query(),
})

export function invoiceQuery(invoiceId: string) {
  return queryOptions({
    queryKey: ['billing', 'invoices', invoiceId],
    queryFn: () => api.billing.getInvoice.query({ invoiceId }),
  })
}
