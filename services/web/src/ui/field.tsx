import type { FormEvent, ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'

/** Label above, help and error below: the same around every kind of control. */
export function FieldFrame({
  label,
  description,
  isRequired = true,
  isLabelHidden = false,
  children,
}: FieldFrameProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <Label className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
        {!isRequired && <span className="font-normal text-muted"> (optional)</span>}
      </Label>
      {children}
      {description && (
        <Text slot="description" className="text-sm text-muted">
          {description}
        </Text>
      )}
      <FieldError className="text-sm font-medium text-danger-text" />
    </div>
  )
}

/**
 * Takes an error away while it is being corrected. Left until the field is left, it would go just as the button below
 * is pressed, which moves the button from under the pointer.
 */
export function correctWhileTyping({
  currentTarget: control,
}: FormEvent<HTMLInputElement | HTMLTextAreaElement>): void {
  if (control.hasAttribute('data-invalid')) control.dispatchEvent(new Event('change', { bubbles: true }))
}

export const controlClass =
  'h-11 w-full min-w-0 rounded-control border border-edge bg-raised px-3 text-base text-ink placeholder:text-muted ' +
  'hover:border-muted focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus ' +
  'data-invalid:border-danger disabled:opacity-60'

interface FieldFrameProps {
  label: string
  description?: ReactNode
  isRequired?: boolean | undefined
  isLabelHidden?: boolean
  children: ReactNode
}
