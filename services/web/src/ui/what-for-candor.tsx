import type { CategoryId } from '@candor/contracts/policy/categories'
import { describeCategory } from '@candor/policy/describe-category'
import { candor } from '@candor/policy/packs/candor'
import { WhatFor } from './what-for.tsx'

/** The same where Candor asks for itself: for accounts, invoices and requests it answers by its own notice. */
export function WhatForCandor({ category }: { category: CategoryId }) {
  return <WhatFor {...describeCategory(category, candor.policy)} />
}
