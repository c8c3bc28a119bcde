import type { Recipient } from '@candor/contracts/policy/policy'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { countryName } from '../../../ui/country-name.ts'
import { Section } from '../../../ui/page.tsx'
import { Row, Rows } from '../../../ui/rows.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { Time } from '../../../ui/time.tsx'
import { useAccount } from '../../account.ts'
import { OfficePage } from '../office-page.tsx'
import { officeKey } from '../queries.ts'
import { roleNames, safeguardNames } from '../words.ts'

/** Who else receives personal data, and what was announced of changes to come. */
export function RecipientsRegister() {
  const { business } = useAccount()
  const query = useQuery({
    queryKey: [...officeKey, 'recipients'],
    queryFn: () => api.privacy.getRecipients.query({ business: business.slug }),
  })
  return (
    <OfficePage
      title="Recipients"
      intro={
        <>
          Public, and the only ones services may call. You change the list in your{' '}
          <TextLink href="/compliance/notice">notice</TextLink>; a change is announced before it takes effect.
        </>
      }
    >
      <Async query={query} lines={6}>
        {({ recipients, changes }) => (
          <>
            {changes.map(({ effectiveAt, announcedAt, added, changed, removed }) => (
              <Section
                key={effectiveAt}
                title="Announced change"
                intro={
                  <>
                    From <Time at={effectiveAt} as="both" />, announced <Time at={announcedAt} />.
                  </>
                }
              >
                <ul className="list-disc pl-5">
                  {added.map(({ id, name }) => (
                    <li key={id}>{name} is added.</li>
                  ))}
                  {changed.map(({ id, name }) => (
                    <li key={id}>{name} changes.</li>
                  ))}
                  {removed.map(({ id, name }) => (
                    <li key={id}>{name} is taken off.</li>
                  ))}
                </ul>
              </Section>
            ))}
            <Section title="Now" flush>
              <Rows label="Recipients">
                {recipients.map((recipient) => (
                  <RecipientRow key={recipient.id} recipient={recipient} />
                ))}
              </Rows>
            </Section>
          </>
        )}
      </Async>
    </OfficePage>
  )
}

function RecipientRow({
  recipient: { name, purpose, country, role, safeguard, agreement },
}: {
  recipient: Recipient
}) {
  return (
    <Row>
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">
          {purpose}; {roleNames[role]}
          {agreement ? `, ${agreement}` : ''}
        </p>
      </div>
      <p className="text-sm text-muted">
        {countryName(country)}
        {safeguard ? `, ${safeguardNames[safeguard].toLowerCase()}` : ''}
      </p>
    </Row>
  )
}
