import type { Policy } from '@candor/contracts/policy/policy'

/** Payment cards alone. */
export const cardsGuard: Policy['guard'] = { patterns: ['card-number'], keywords: [] }

/** All that is recognised by its form, and words that tell of health, beliefs and the like (GDPR article 9(1)). */
export const sensitiveGuard: Policy['guard'] = {
  patterns: ['card-number', 'iban', 'national-id'],
  keywords: [
    // Health
    'HIV',
    'AIDS',
    'cancer',
    'diabetes',
    'diabetic',
    'epilepsy',
    'schizophrenia',
    'schizophrenic',
    'bipolar disorder',
    'clinical depression',
    'antidepressants',
    'chemotherapy',
    'hepatitis',
    'multiple sclerosis',
    'miscarriage',
    'abortion',
    'my pregnancy',
    'psychiatric',
    'rehab clinic',
    // Beliefs
    'muslim',
    'catholic',
    'protestant',
    'jewish',
    'hindu',
    'buddhist',
    'atheist',
    'my religion',
    'my faith',
    // And the like
    'homosexual',
    'bisexual',
    'transgender',
    'trade union member',
    'my ethnicity',
    'my political opinion',
  ],
}
