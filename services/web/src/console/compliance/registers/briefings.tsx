import { useQuery } from '@tanstack/react-query'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Section } from '../../../ui/page.tsx'
import { Row, Rows } from '../../../ui/rows.tsx'
import { TextLink } from '../../../ui/text-link.tsx'
import { Time } from '../../../ui/time.tsx'
import { useNames } from '../../team/use-names.ts'
import { OfficePage } from '../office-page.tsx'
import { awarenessQuery } from '../queries.ts'

/** Who of the staff has acknowledged the briefing. */
export function Briefings() {
  const query = useQuery(awarenessQuery)
  const nameOf = useNames()
  return (
    <OfficePage
      title="Briefings"
      intro={
        <>
          Everybody acknowledges the <TextLink href="/briefing">privacy briefing</TextLink>, again and again
          as your notice says.
        </>
      }
    >
      <Async query={query} lines={4}>
        {(staff) => (
          <Section title="Colleagues" flush>
            <Rows label="Colleagues">
              {staff.map(({ userId, acknowledgedAt, dueAt, isOverdue }) => (
                <Row key={userId}>
                  <div className="min-w-0 flex-1 basis-48">
                    <p className="font-medium">{nameOf(userId)}</p>
                    <p className="text-sm text-muted">
                      {acknowledgedAt ? (
                        <>
                          acknowledged <Time at={acknowledgedAt} />
                        </>
                      ) : (
                        'not acknowledged yet'
                      )}
                      {dueAt && (
                        <>
                          , due by <Time at={dueAt} />
                        </>
                      )}
                    </p>
                  </div>
                  <Badge tone={isOverdue ? 'bad' : acknowledgedAt ? 'good' : 'wait'}>
                    {isOverdue ? 'Overdue' : acknowledgedAt ? 'Briefed' : 'Not yet'}
                  </Badge>
                </Row>
              ))}
            </Rows>
          </Section>
        )}
      </Async>
    </OfficePage>
  )
}
