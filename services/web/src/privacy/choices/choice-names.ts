import type { ConsentPurpose } from '@candor/contracts/policy/categories'

export const choiceNames: Record<ConsentPurpose, string> = {
  'remember-me': 'Being recognised when you come back',
  statistics: 'Being counted for statistics',
  advertising: 'Advertising and measuring what it brought',
  'marketing-mail': 'Offers by mail',
}
