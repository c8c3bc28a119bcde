import type { Role } from '@candor/contracts/callers'
import type { StaffUser } from '@candor/contracts/identity/schemas'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Row } from '../../ui/rows.tsx'
import { toast, toastProblem } from '../../ui/toast.tsx'
import { meKey, useAccount } from '../account.ts'
import { roleNames } from './role-names.ts'
import { teamQuery } from './team-query.ts'

export function StaffRow({ colleague }: { colleague: StaffUser }) {
  const { user } = useAccount()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (role: Role) => api.identity.changeRole.mutate({ userId: colleague.id, role }),
    onSuccess: (changed) => {
      toast(`${changed.name} is now ${roleNames[changed.role].toLowerCase()}.`)
      void client.invalidateQueries(teamQuery)
      if (changed.id === user.id) void client.invalidateQueries({ queryKey: meKey })
    },
    onError: toastProblem,
  })
  return (
    <Row>
      <Avatar name={colleague.name} id={colleague.id} />
      <div className="min-w-0 flex-1 basis-24">
        <p className="truncate font-medium">
          {colleague.name} {colleague.id === user.id && <span className="font-normal text-muted">(you)</span>}
        </p>
        <p className="truncate text-sm text-muted">{colleague.email}</p>
      </div>
      {user.role === 'owner' ? (
        <Menu
          label={`Role of ${colleague.name}`}
          items={(['owner', 'admin', 'agent'] as const).map((role) => ({
            id: role,
            label: roleNames[role],
            isDisabled: role === colleague.role,
            onAction: () => change.mutate(role),
          }))}
        >
          <Button
            size="sm"
            isPending={change.isPending}
            aria-label={`${roleNames[colleague.role]}: change role of ${colleague.name}`}
          >
            {roleNames[colleague.role]} <ChevronDown aria-hidden="true" />
          </Button>
        </Menu>
      ) : (
        <Badge tone={colleague.role === 'owner' ? 'brand' : 'plain'}>{roleNames[colleague.role]}</Badge>
      )}
    </Row>
  )
}
