import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from './button.tsx'

/** A modal question. Put it in a `DialogTrigger`, or steer it by `isOpen`. */
export function Dialog({ title, children, role = 'dialog', isOpen, onOpenChange }: DialogProps) {
  return (
    <ModalOverlay
      isDismissable={role === 'dialog'}
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange ? { onOpenChange } : {})}
      className="fixed inset-0 z-40 flex items-end justify-center bg-[oklch(0.15_0.03_215/0.5)] sm:items-center sm:p-6"
    >
      <Modal className="enter max-h-[92dvh] w-full overflow-auto rounded-t-2xl bg-raised shadow-float sm:max-w-lg sm:rounded-2xl">
        <AriaDialog role={role} className="p-6 outline-none">
          {({ close }) => (
            <>
              <div className="mb-4 flex items-start justify-between gap-4">
                <Heading slot="title" className="text-xl font-semibold">
                  {title}
                </Heading>
                <IconButton label="Close" onPress={close} className="-mt-1.5 -mr-2">
                  <X aria-hidden="true" />
                </IconButton>
              </div>
              {typeof children === 'function' ? children(close) : children}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

interface DialogProps {
  title: string
  /** `alertdialog` for a question that must be answered: a click outside does not dismiss it. */
  role?: 'dialog' | 'alertdialog'
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  children: ReactNode | ((close: () => void) => ReactNode)
}
