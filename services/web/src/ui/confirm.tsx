import type { ReactNode } from 'react'
import { DialogTrigger } from 'react-aria-components'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** Asks before something that cannot be taken back. */
export function Confirm({
  trigger,
  title,
  confirmLabel,
  onConfirm,
  tone = 'danger',
  children,
}: ConfirmProps) {
  return (
    <DialogTrigger>
      {trigger}
      <Dialog title={title} role="alertdialog">
        {(close) => (
          <>
            <div className="text-[0.9375rem] text-pretty text-muted">{children}</div>
            <div className="mt-6 flex flex-wrap justify-end gap-2">
              <Button onPress={close}>Go back</Button>
              <Button
                variant={tone}
                onPress={() => {
                  onConfirm()
                  close()
                }}
              >
                {confirmLabel}
              </Button>
            </div>
          </>
        )}
      </Dialog>
    </DialogTrigger>
  )
}

interface ConfirmProps {
  trigger: ReactNode
  title: string
  confirmLabel: string
  onConfirm: () => void
  tone?: 'danger' | 'primary'
  children: ReactNode
}
