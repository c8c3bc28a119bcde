import { z } from 'zod'
import { event } from '../event.ts'
import { Id } from '../fields.ts'
import { ConsentPurpose } from './consent-schemas.ts'

export const consentChanged = event('privacy', 'consent-changed', {
  summary: 'A visitor or account gave or withdrew consent; `given` is all that holds from now on.',
  listeners: ['chat'],
  payload: z.object({ holder: z.enum(['visitor', 'account']), given: z.array(ConsentPurpose) }),
})

export const briefingAcknowledged = event('privacy', 'briefing-acknowledged', {
  summary: 'A member of staff acknowledged the privacy briefing.',
  listeners: ['identity'],
  payload: z.object({ userId: Id }),
})
