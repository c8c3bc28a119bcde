import { useMutation } from '@tanstack/react-query'
import { MailX } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Form } from '../../ui/form.tsx'
import { reasonOf } from '../../ui/problem.ts'
import { TextField } from '../../ui/text-field.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhatForCandor } from '../../ui/what-for-candor.tsx'
import { enter } from '../account.ts'
import { AccessPage } from './access-page.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { Promises } from './promises.tsx'

/** The token stands behind the # of the mailed link, so that it reaches no server log; it is taken off the address. */
export function Invitation() {
  const [, navigate] = useLocation()
  const [token] = useState(takeToken)
  const accept = useMutation({
    mutationFn: ({ name = '', password = '' }: Record<string, string>) =>
      api.identity.acceptInvitation.mutate({ token, name, password }),
    onSuccess: (session) => {
      enter(session)
      navigate('/inbox', { replace: true })
    },
  })
  const reason = accept.error ? reasonOf(accept.error) : null
  if (!token) {
    return (
      <Unusable title="The link is incomplete">
        Open it again from the mail, or ask your colleague for a new one.
      </Unusable>
    )
  }
  if (reason === 'not-found' || reason === 'expired') {
    return (
      <Unusable title="This invitation is no longer open">
        It works once and for seven days, and a newer one replaces it. Your colleague can send another.
      </Unusable>
    )
  }
  return (
    <AccessPage
      title="Join your colleagues"
      intro="Say who you are and choose a password. The invitation works once."
      aside={<Promises />}
    >
      <Form error={accept.error} onSubmit={accept.mutate}>
        <WhatForCandor category="staff-account" />
        <TextField
          name="name"
          label="Your name"
          description="Visitors see it beside your answers."
          autoComplete="name"
          isRequired
          maxLength={120}
          autoFocus
        />
        <NewPasswordField />
        <Button type="submit" variant="primary" size="lg" isPending={accept.isPending}>
          Join
        </Button>
      </Form>
    </AccessPage>
  )
}

function Unusable({ title, children }: { title: string; children: string }) {
  return (
    <AccessPage title="Accept your invitation" aside={<Promises />}>
      <div role="alert">
        <EmptyState icon={MailX} title={title}>
          {children} You have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </EmptyState>
      </div>
    </AccessPage>
  )
}

/** Read once and remembered: the first render removes it from the address bar and the history. */
function takeToken(): string {
  const found = new URLSearchParams(location.hash.slice(1)).get('token')
  if (found) {
    taken = found
    history.replaceState(history.state, '', location.pathname)
  }
  return taken
}

let taken = ''
