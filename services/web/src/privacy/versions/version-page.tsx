import { useQuery } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { slug } from '../address.ts'
import { Notice } from '../notice/notice.tsx'
import { noticeQuery } from '../queries.ts'
import { useReaderCountry } from '../reader-country.ts'
import { Step } from '../step.tsx'

/** One version of the notice, whether it counts now, did, or will. */
export function VersionPage({ version }: { version: number }) {
  const query = useQuery(noticeQuery(slug, { version, country: useReaderCountry() }))
  return (
    <Step
      title={`Version ${version} of the notice`}
      width="max-w-5xl"
      intro={<TextLink href="/versions">All versions, and what changed</TextLink>}
    >
      <Async query={query} lines={8}>
        {(notice) => <Notice notice={notice} title="Privacy notice of this version" />}
      </Async>
    </Step>
  )
}
