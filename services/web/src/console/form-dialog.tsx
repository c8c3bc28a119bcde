import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { DialogTrigger } from 'react-aria-components'
import { Button } from '../ui/button.tsx'
import type { ButtonSize, ButtonVariant } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Form } from '../ui/form.tsx'
import { toast } from '../ui/toast.tsx'

/** A button that asks for what an action needs, does it, says so, and has what it changed read again. */
export function FormDialog<Answer>({ label, title, variant, size, ...form }: FormDialogProps<Answer>) {
  return (
    <DialogTrigger>
      <Button {...(variant ? { variant } : {})} {...(size ? { size } : {})}>
        {label}
      </Button>
      <Dialog title={title}>{(close) => <DialogForm {...form} onClose={close} />}</Dialog>
    </DialogTrigger>
  )
}

function DialogForm<Answer>({
  intro,
  submitLabel,
  tone = 'primary',
  onSubmit,
  changes,
  said,
  onDone,
  onClose,
  children,
}: Omit<FormDialogProps<Answer>, 'label' | 'title'> & { onClose: () => void }) {
  const client = useQueryClient()
  const send = useMutation({
    mutationFn: onSubmit,
    onSuccess(answer) {
      void client.invalidateQueries({ queryKey: changes })
      toast(typeof said === 'function' ? said(answer) : said)
      onClose()
      onDone?.(answer)
    },
  })
  return (
    <Form error={send.error} onSubmit={(values) => send.mutate(values)}>
      {intro && <div className="-mt-2 text-[0.9375rem] text-pretty text-muted">{intro}</div>}
      {children}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>Go back</Button>
        <Button type="submit" variant={tone} isPending={send.isPending}>
          {submitLabel}
        </Button>
      </div>
    </Form>
  )
}

interface FormDialogProps<Answer> {
  label: ReactNode
  title: string
  variant?: ButtonVariant
  size?: ButtonSize
  intro?: ReactNode
  submitLabel: string
  tone?: 'primary' | 'danger'
  onSubmit: (values: Record<string, string>) => Promise<Answer>
  /** Key of the queries that are read again. */
  changes: readonly string[]
  said: string | ((answer: Answer) => string)
  onDone?: (answer: Answer) => void
  children?: ReactNode
}
