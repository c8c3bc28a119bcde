import { useQuery } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { briefingQuery } from './briefing-query.ts'
import { BriefingText } from './briefing-text.tsx'
import { isAsked } from './is-asked.ts'

export function BriefingPage() {
  const query = useQuery(briefingQuery)
  return (
    <Page title="Privacy briefing" intro="What everybody here keeps to who sees what visitors write.">
      <Async query={query} lines={8}>
        {(briefing) => (
          <>
            {!isAsked(briefing) && briefing.acknowledgedAt && (
              <Notice tone="good">
                You acknowledged it on <Time at={briefing.acknowledgedAt} />.
                {briefing.dueAt && (
                  <>
                    {' '}
                    You are asked again by <Time at={briefing.dueAt} />.
                  </>
                )}
              </Notice>
            )}
            <BriefingText briefing={briefing} />
          </>
        )}
      </Async>
    </Page>
  )
}
