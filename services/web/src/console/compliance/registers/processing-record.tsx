import type { ProcessingActivity, ProcessingRecord as Record } from '@candor/contracts/privacy/registers'
import { useQuery } from '@tanstack/react-query'
import { Download, Printer } from 'lucide-react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Button } from '../../../ui/button.tsx'
import { countryName } from '../../../ui/country-name.ts'
import { DescriptionList } from '../../../ui/description-list.tsx'
import { Section } from '../../../ui/page.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Time } from '../../../ui/time.tsx'
import { OfficePage } from '../office-page.tsx'
import { officeKey } from '../queries.ts'

/** What GDPR article 30 has a business write down, written by the services themselves. */
export function ProcessingRecord() {
  const query = useQuery({
    queryKey: [...officeKey, 'processing-record'],
    queryFn: () => api.privacy.getProcessingRecord.query({}),
  })
  const record = query.data
  return (
    <OfficePage
      title="Record of processing"
      intro="As GDPR article 30 asks, from what the services store and your notice sets. It is never out of date: it is written when you open it."
      actions={
        record && (
          <>
            <Button onPress={() => window.print()}>
              <Printer aria-hidden="true" /> Print
            </Button>
            <Button
              onPress={() =>
                saveFile({
                  filename: `record-of-processing-${record.business.slug}.json`,
                  mediaType: 'application/json',
                  content: JSON.stringify(record, null, 2),
                })
              }
            >
              <Download aria-hidden="true" /> Download
            </Button>
          </>
        )
      }
    >
      <Async query={query} lines={10}>
        {(found) => (
          <>
            <Section title={found.business.name}>
              <DescriptionList items={head(found)} />
            </Section>
            {found.activities.map((activity) => (
              <Activity key={activity.category} activity={activity} />
            ))}
            <Section title="Measures">
              <ul className="flex list-disc flex-col gap-1.5 pl-5">
                {found.measures.map((measure) => (
                  <li key={measure}>{measure}</li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Async>
    </OfficePage>
  )
}

function head({ generatedAt, business, contact, officer, policyVersion }: Record): Items {
  return [
    ['Written', <Time key="written" at={generatedAt} as="both" />],
    ['Country', countryName(business.country)],
    ['Questions', contact ?? 'the form of the privacy page'],
    ['Officer', officer ? `${officer.name}, ${officer.email}` : 'none named'],
    ['Notice', `Version ${policyVersion}`],
  ]
}

function Activity({ activity }: { activity: ProcessingActivity }) {
  const { title, role, people, purposes, legalBasis, recipients, retention, source, kept, places } = activity
  return (
    <Section
      title={title}
      intro={role === 'controller' ? 'Candor is responsible' : 'You are responsible, Candor acts for you'}
    >
      <DescriptionList
        items={[
          ['About', people.join(', ')],
          ['Purposes', purposes.join('; ')],
          ['Legal basis', legalBasis],
          ['Recipients', recipients.map(({ name }) => name).join(', ') || 'nobody'],
          ['Kept', retention],
          ['Source', source],
          ...(kept.length > 0 ? [['Outlives an erasure', kept.join('; ')] as [string, string]] : []),
          ['Where', places.map(({ service, table }) => `${service}.${table}`).join(', ')],
        ]}
      />
    </Section>
  )
}

type Items = Parameters<typeof DescriptionList>[0]['items']
