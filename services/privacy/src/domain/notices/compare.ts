import { categoryIds } from '@candor/contracts/policy/categories'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { isLonger, slots } from '@candor/policy/schedule'

/** The settings by which one policy keeps something longer than another, of what begins at `start`. */
export function longerPeriods(than: Policy, policy: Policy, start: Date): LongerPeriod[] {
  return categoryIds.flatMap((category) => {
    const [old, now] = [than.categories[category].retention, policy.categories[category].retention]
    const at = `categories.${category}.retention`
    const longer = slots
      .filter((channel) => isLonger(now, old, start, channel))
      // A channel without a period of its own has the category's, and is not named besides.
      .filter((channel) => !channel || channel in now.byChannel || channel in old.byChannel)
      .map((channel) => ({ category, path: channel ? `${at}.byChannel.${channel}` : `${at}.period` }))
    const isSofter = old.disposition === 'delete' && now.disposition === 'anonymise'
    return isSofter ? [...longer, { category, path: `${at}.disposition` }] : longer
  })
}

export interface LongerPeriod {
  category: CategoryId
  path: string
}

export function categoriesOf(periods: readonly LongerPeriod[]): CategoryId[] {
  return [...new Set(periods.map(({ category }) => category))]
}
