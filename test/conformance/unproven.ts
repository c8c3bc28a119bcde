import type { ClauseId } from '@candor/policy/packs'

/** Why nothing shows a promise yet. */
export const unproven: Partial<Record<ClauseId, string>> = {
  'imocloud-03-stripe': 'there is no connection to Stripe yet; payments run at the sandbox provider',
  'imocloud-04-social-login': 'signing in with a social account is not built',
  'imocloud-08-business-transfer': 'a business cannot be handed to another owner yet',
  'imsupporting-02-ip-basics':
    'no country is read from an address yet; the address of a visitor is kept nowhere',
  'imsupporting-20-bank-or-paypal':
    'there is no connection to PayPal or a bank yet; payments run at the sandbox provider',
  'chatinbox-05-staff-reports': 'reports of sign-ins and times per member of staff are not built',
  'chatinbox-06-channels':
    'forwarded mail becomes a conversation and is answered by mail; integrations that receive webhooks are not built',
  'chatinbox-11-strong-passwords':
    'weak and leaked passwords are refused, but a second factor cannot be required yet',
  'chatinbox-12-self-service':
    'company, billing details and photo have no settings page yet; name and e-mail address have',
}

/** Why a probe does not run on a platform that is not our own. */
export const elsewhere =
  'only shown on a platform of its own, whose stores can be searched and whose clock can be moved'
