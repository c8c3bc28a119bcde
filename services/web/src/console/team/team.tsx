import type { Invitation } from '@candor/contracts/identity/schemas'
import { useQuery } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Row, Rows } from '../../ui/rows.tsx'
import { Time } from '../../ui/time.tsx'
import { isAdmin, useAccount } from '../account.ts'
import { InviteButton } from './invite-button.tsx'
import { roleNames } from './role-names.ts'
import { StaffRow } from './staff-row.tsx'
import { teamQuery } from './team-query.ts'

export function Team() {
  const { user, business } = useAccount()
  const query = useQuery(teamQuery)
  return (
    <Page
      title="Team"
      intro={`Who answers for ${business.name}.`}
      actions={isAdmin(user) && <InviteButton variant="primary" label="Invite a colleague" />}
    >
      <Async query={query} lines={5}>
        {({ staff, invitations }) => (
          <>
            <Section title="Colleagues" intro="Their names stand beside their answers." flush>
              <Rows label="Colleagues">
                {staff.map((colleague) => (
                  <StaffRow key={colleague.id} colleague={colleague} />
                ))}
              </Rows>
            </Section>
            {invitations.length > 0 && (
              <Section title="Open invitations" intro="Each link works once, for seven days." flush>
                <Rows label="Open invitations">
                  {invitations.map((invitation) => (
                    <InvitationRow key={invitation.id} invitation={invitation} />
                  ))}
                </Rows>
              </Section>
            )}
          </>
        )}
      </Async>
    </Page>
  )
}

function InvitationRow({ invitation: { id, email, role, expiresAt } }: { invitation: Invitation }) {
  return (
    <Row>
      <Avatar name={null} id={id} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{email}</p>
        <p className="text-sm text-muted">
          until <Time at={expiresAt} as="both" />
        </p>
      </div>
      <Badge>{roleNames[role]}</Badge>
      {role !== 'owner' && (
        <InviteButton label="Send again" defaultEmail={email} defaultRole={role} size="sm" />
      )}
    </Row>
  )
}
