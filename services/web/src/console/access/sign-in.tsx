import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { enter } from '../account.ts'
import { AccessPage } from './access-page.tsx'
import { Promises } from './promises.tsx'

export function SignIn() {
  const signIn = useMutation({
    mutationFn: (input: { email: string; password: string }) => api.identity.signIn.mutate(input),
    onSuccess: enter,
  })
  return (
    <AccessPage
      title="Sign in"
      intro="To answer your visitors."
      aside={<Promises />}
      footer={
        <>
          New here? <TextLink href="/sign-up">Open an account for your business</TextLink>
        </>
      }
    >
      <Form
        error={signIn.error}
        onSubmit={({ email = '', password = '' }) => signIn.mutate({ email: email.trim(), password })}
      >
        <TextField name="email" label="E-mail" type="email" autoComplete="username" isRequired autoFocus />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <Button type="submit" variant="primary" size="lg" isPending={signIn.isPending}>
          Sign in
        </Button>
      </Form>
    </AccessPage>
  )
}
