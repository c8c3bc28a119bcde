import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { WhatForCandor } from '../../ui/what-for-candor.tsx'
import { meKey, useAccount } from '../account.ts'

export function Profile() {
  const { user, business } = useAccount()
  const client = useQueryClient()
  const [email, setEmail] = useState(user.email)
  const isNewEmail = email.trim().toLowerCase() !== user.email
  const update = useMutation({
    mutationFn: ({ name = '', currentPassword = '' }: Record<string, string>) =>
      api.identity.updateProfile.mutate({
        name,
        ...(isNewEmail ? { email: email.trim(), currentPassword } : {}),
      }),
    onSuccess: (changed) => {
      client.setQueryData(meKey, { user: changed, business })
      setEmail(changed.email)
      toast('Saved.')
    },
  })
  return (
    <Section title="Your profile" intro="Visitors see your name, never your e-mail.">
      <Form error={update.error} onSubmit={update.mutate} className="flex max-w-md flex-col gap-5">
        <WhatForCandor category="staff-account" />
        <TextField
          name="name"
          label="Name"
          defaultValue={user.name}
          autoComplete="name"
          isRequired
          maxLength={120}
        />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          value={email}
          onChange={setEmail}
          autoComplete="email"
          isRequired
        />
        {isNewEmail && (
          <TextField
            name="currentPassword"
            label="Current password"
            type="password"
            description="You sign in by this address, so we ask to be sure that it is you."
            autoComplete="current-password"
            isRequired
          />
        )}
        <Button type="submit" variant="primary" isPending={update.isPending} className="self-start">
          Save
        </Button>
      </Form>
    </Section>
  )
}
