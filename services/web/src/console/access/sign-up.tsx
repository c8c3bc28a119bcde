import { accountAgeMin } from '@candor/contracts/identity/schemas'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { CountryField } from '../../ui/country-field.tsx'
import { Form } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { WhatForCandor } from '../../ui/what-for-candor.tsx'
import { enter } from '../account.ts'
import { AccessPage } from './access-page.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { WhyWeAsk } from './why-we-ask.tsx'
import type { AskedField } from './why-we-ask.tsx'

export function SignUp() {
  const [asked, setAsked] = useState<AskedField | null>(null)
  const signUp = useMutation({
    mutationFn: ({
      name = '',
      email = '',
      country = '',
      company = '',
      password = '',
    }: Record<string, string>) =>
      api.identity.signUp.mutate({
        name,
        email: email.trim(),
        country,
        password,
        ...(company.trim() && { company }),
      }),
    onSuccess: enter,
  })
  return (
    <AccessPage
      title="Open your account"
      intro="Free while you try it. No card, no sales call."
      aside={<WhyWeAsk asked={asked} />}
      footer={
        <>
          Already with us? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <Form error={signUp.error} onSubmit={signUp.mutate}>
        <WhatForCandor category="staff-account" />
        <TextField
          name="name"
          label="Your name"
          autoComplete="name"
          isRequired
          maxLength={120}
          onFocus={() => setAsked('name')}
        />
        <TextField
          name="email"
          label="Work e-mail"
          type="email"
          autoComplete="username"
          isRequired
          onFocus={() => setAsked('email')}
        />
        <TextField
          name="company"
          label="Company"
          autoComplete="organization"
          description="Without one, your own name stands in its place."
          maxLength={160}
          onFocus={() => setAsked('company')}
        />
        <CountryField name="country" onFocus={() => setAsked('country')} />
        <NewPasswordField onFocus={() => setAsked('password')} />
        <p className="text-[0.9375rem] text-muted">Accounts are for people aged {accountAgeMin} and over.</p>
        <Button type="submit" variant="primary" size="lg" isPending={signUp.isPending}>
          Open account
        </Button>
      </Form>
    </AccessPage>
  )
}
