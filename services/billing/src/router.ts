import type { billing } from '@candor/contracts/billing'
import type { HandlersOf } from '@candor/rpc/implement'
import { cancelSubscription } from './domain/cancel-subscription.ts'
import type { Deps } from './domain/deps.ts'
import { getSubscription } from './domain/get-subscription.ts'
import { getUsage } from './domain/get-usage.ts'
import { getInvoice, listInvoices } from './domain/invoices.ts'
import { plans } from './domain/plans.ts'
import { startCheckout } from './domain/start-checkout.ts'

export function billingRouter(deps: Deps): Pick<HandlersOf<typeof billing>, OwnProcedure> {
  return {
    listPlans: async () => [...plans],
    getSubscription: (_, call) => getSubscription(deps, call.caller),
    getUsage: (_, call) => getUsage(deps, call.caller),
    startCheckout: (input, call) => startCheckout(deps, call.caller, input),
    listInvoices: (_, call) => listInvoices(deps, call.caller),
    getInvoice: (input, call) => getInvoice(deps, call.caller, input.invoiceId),
    cancelSubscription: (_, call) => cancelSubscription(deps, call.caller),
  }
}

type OwnProcedure =
  | 'listPlans'
  | 'getSubscription'
  | 'getUsage'
  | 'startCheckout'
  | 'listInvoices'
  | 'getInvoice'
  | 'cancelSubscription'
