import type { CategoryId } from '@candor/contracts/policy/categories'
import { WhatForCandor } from '../ui/what-for-candor.tsx'
import { WhatFor } from '../ui/what-for.tsx'
import { useNotice } from './notice-context.ts'

/** As the notice of the business says it; where every business is asked at once, as Candor's own does. */
export function WhatForHere({ category }: { category: CategoryId }) {
  const told = useNotice().categories.find((one) => one.category === category)
  return told ? <WhatFor {...told} /> : <WhatForCandor category={category} />
}
