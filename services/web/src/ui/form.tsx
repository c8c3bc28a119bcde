import type { FormEvent, ReactNode } from 'react'
import { Form as AriaForm } from 'react-aria-components'
import { ProblemNotice } from './notice.tsx'
import { problemOf } from './problem.ts'

/**
 * A form whose fields are read by name. What the server refuses stands beside the field it names; anything else
 * stands above the form.
 */
export function Form({ onSubmit, error, className = 'flex flex-col gap-5', children, label }: FormProps) {
  const fields = error ? problemOf(error).fields : []
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    onSubmit(Object.fromEntries([...data.keys()].map((name) => [name, data.getAll(name).join(' ')])))
  }
  return (
    <AriaForm
      {...(label ? { 'aria-label': label } : {})}
      onSubmit={submit}
      validationErrors={Object.fromEntries(
        fields.map((field) => [lastName(field.path), sentence(field.message)]),
      )}
      className={className}
    >
      <ProblemNotice error={error} />
      {children}
    </AriaForm>
  )
}

/** The server answers with a dotted path; forms name their fields by its last part. */
function lastName(path: string): string {
  return path.split('.').at(-1) ?? path
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}

interface FormProps {
  /** The ids that are ticked in a group of boxes come as one value, with spaces between. */
  onSubmit: (values: Record<string, string>) => void
  error?: unknown
  label?: string
  className?: string
  children: ReactNode
}
