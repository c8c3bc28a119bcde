import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { DialogTrigger } from 'react-aria-components'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import type { ButtonSize, ButtonVariant } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { roleDuties, roleNames } from './role-names.ts'
import { teamQuery } from './team-query.ts'

/** Opens the invitation form; inviting the same address again replaces its link. */
export function InviteButton({ label, variant, size, defaultEmail, defaultRole }: InviteButtonProps) {
  return (
    <DialogTrigger>
      <Button {...(variant ? { variant } : {})} {...(size ? { size } : {})}>
        {!defaultEmail && <UserPlus aria-hidden="true" />}
        {label}
      </Button>
      <Dialog title="Invite a colleague">
        {(close) => (
          <InviteForm defaultEmail={defaultEmail ?? ''} defaultRole={defaultRole ?? 'agent'} onDone={close} />
        )}
      </Dialog>
    </DialogTrigger>
  )
}

function InviteForm({ defaultEmail, defaultRole, onDone }: InviteFormProps) {
  const client = useQueryClient()
  const invite = useMutation({
    mutationFn: ({ email = '', role }: Record<string, string>) =>
      api.identity.inviteStaff.mutate({ email: email.trim(), role: role === 'admin' ? 'admin' : 'agent' }),
    onSuccess: ({ email }) => {
      void client.invalidateQueries(teamQuery)
      toast(`An invitation is on its way to ${email}.`)
      onDone()
    },
  })
  return (
    <Form error={invite.error} onSubmit={invite.mutate}>
      <TextField
        name="email"
        label="E-mail"
        type="email"
        description="They get a link that works once, for seven days."
        defaultValue={defaultEmail}
        isRequired
        autoComplete="off"
        autoFocus
      />
      <Select
        name="role"
        label="Role"
        defaultValue={defaultRole}
        choices={(['agent', 'admin'] as const).map((id) => ({
          id,
          label: roleNames[id],
          description: roleDuties[id],
        }))}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" isPending={invite.isPending}>
          Send invitation
        </Button>
      </div>
    </Form>
  )
}

interface InviteButtonProps {
  label: string
  variant?: ButtonVariant
  size?: ButtonSize
  defaultEmail?: string
  defaultRole?: 'admin' | 'agent'
}

interface InviteFormProps {
  defaultEmail: string
  defaultRole: 'admin' | 'agent'
  onDone: () => void
}
