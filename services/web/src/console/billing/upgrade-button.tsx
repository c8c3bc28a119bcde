import type { Plan } from '@candor/contracts/billing/schemas'
import { useMutation } from '@tanstack/react-query'
import { DialogTrigger } from 'react-aria-components'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { CountryField } from '../../ui/country-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form } from '../../ui/form.tsx'
import { formatMoney } from '../../ui/money.ts'
import { TextField } from '../../ui/text-field.tsx'
import { Time } from '../../ui/time.tsx'
import { WhatForCandor } from '../../ui/what-for-candor.tsx'
import { useAccount } from '../account.ts'

/** Asks for what the invoice needs, then leaves for the payment provider's own page. */
export function UpgradeButton({ plan, label, startsAt }: UpgradeButtonProps) {
  return (
    <DialogTrigger>
      <Button variant="primary">{label}</Button>
      <Dialog title={`${plan.name}: who gets the invoice?`}>
        <BillingDetailsForm plan={plan} startsAt={startsAt} />
      </Dialog>
    </DialogTrigger>
  )
}

function BillingDetailsForm({ plan, startsAt }: Pick<UpgradeButtonProps, 'plan' | 'startsAt'>) {
  const { business } = useAccount()
  const checkout = useMutation({
    mutationFn: ({
      company = '',
      street = '',
      postalCode = '',
      city = '',
      country = '',
      vatId,
    }: Record<string, string>) =>
      api.billing.startCheckout.mutate({
        planId: plan.id === 'team' ? 'team' : 'starter',
        details: { company, street, postalCode, city, country, vatId: vatId?.trim() || null },
      }),
    onSuccess: ({ checkoutUrl }) => location.assign(checkoutUrl),
  })
  return (
    <Form error={checkout.error} onSubmit={checkout.mutate}>
      <WhatForCandor category="purchase-records" />
      <TextField
        name="company"
        label="Company"
        defaultValue={business.name}
        autoComplete="organization"
        isRequired
      />
      <TextField
        name="street"
        label="Street and number"
        autoComplete="street-address"
        isRequired
        maxLength={200}
      />
      <div className="grid grid-cols-[8rem_1fr] gap-3">
        <TextField
          name="postalCode"
          label="Postal code"
          autoComplete="postal-code"
          isRequired
          maxLength={20}
        />
        <TextField name="city" label="City" autoComplete="address-level2" isRequired maxLength={120} />
      </div>
      <CountryField name="country" defaultValue={business.country} />
      <TextField
        name="vatId"
        label="VAT number"
        isRequired={false}
        maxLength={30}
        description="Companies in another EU country then account for the tax themselves."
      />
      <p className="text-sm text-pretty text-muted">
        Next you pay {formatMoney(plan.price.amountMinor, plan.price.currency)} plus tax on the payment
        provider&rsquo;s page. Your card number never reaches Candor.
        {startsAt && (
          <>
            {' '}
            The month begins on <Time at={startsAt} />, when the running one ends; that one stays as it is.
          </>
        )}
      </p>
      <Button type="submit" variant="primary" size="lg" isPending={checkout.isPending || checkout.isSuccess}>
        Continue to payment
      </Button>
    </Form>
  )
}

interface UpgradeButtonProps {
  plan: Plan
  label: string
  /** When the month begins; null where it begins with the payment. */
  startsAt: string | null
}
