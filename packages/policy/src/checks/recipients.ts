import type { PolicyProblem } from '@candor/contracts/policy/notice'
import type { Policy, Recipient } from '@candor/contracts/policy/policy'
import { adequateCountries, regions } from '../transfers.ts'
import { eachCategory, problem } from './problem.ts'

/** Whether everybody who receives data is named, bound, and where they may be. */
export function checkRecipients(policy: Policy): PolicyProblem[] {
  const ids = policy.recipients.map(({ id }) => id)
  return [
    ...policy.recipients.flatMap((recipient, index) => [
      ...problem(
        ids.indexOf(recipient.id) !== index,
        `recipients.${index}.id`,
        `"${recipient.id}" stands in the list twice: leave one`,
      ),
      ...checkPlace(policy.region, recipient, `recipients.${index}`),
      ...problem(
        recipient.role === 'processor' && recipient.agreement === null,
        `recipients.${index}.agreement`,
        `${recipient.name} processes for us without an agreement (GDPR article 28(3)): name its reference`,
      ),
      ...recipient.hosts.flatMap((host) =>
        problem(
          !isHostName.test(host),
          `recipients.${index}.hosts`,
          `"${host}" is no host name: write it as in api.example.com, without scheme, port or path`,
        ),
      ),
    ]),
    ...eachCategory(policy, (_, { recipients }, path) =>
      recipients.flatMap((id) =>
        problem(
          !ids.includes(id),
          `${path}.recipients`,
          `"${id}" is not on the list of recipients: add it there, or take it away here`,
        ),
      ),
    ),
    ...policy.paymentProviders.flatMap((provider) =>
      problem(
        !policy.categories['purchase-records'].recipients.includes(provider),
        'paymentProviders',
        `"${provider}" receives purchases: add it to categories.purchase-records.recipients, or take it away here`,
      ),
    ),
  ]
}

const isHostName = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/

function checkPlace(
  region: Policy['region'],
  { name, country, safeguard }: Recipient,
  path: string,
): PolicyProblem[] {
  const isAbroad = !regions[region].includes(country)
  return [
    ...problem(
      isAbroad && safeguard === null,
      `${path}.safeguard`,
      `${name} is in ${country}, outside the region: name the safeguard of the transfer`,
    ),
    ...problem(
      isAbroad && safeguard === 'adequacy-decision' && !adequateCountries[region].includes(country),
      `${path}.safeguard`,
      `no adequacy decision covers ${country}: choose another safeguard`,
    ),
    ...problem(
      !isAbroad && safeguard !== null,
      `${path}.safeguard`,
      `${name} is in ${country}, inside the region: make the safeguard null`,
    ),
  ]
}
