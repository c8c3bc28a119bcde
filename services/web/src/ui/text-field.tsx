import type { ReactNode } from 'react'
import { Input, TextArea, TextField as AriaTextField } from 'react-aria-components'
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components'
import { FieldFrame, controlClass, correctWhileTyping } from './field.tsx'

/** A labelled line (or, with `rows`, several lines) of text. */
export function TextField({
  label,
  description,
  placeholder,
  rows,
  className = '',
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField {...props} className={className}>
      <FieldFrame label={label} description={description} isRequired={props.isRequired}>
        {rows ? (
          <TextArea
            onInput={correctWhileTyping}
            rows={rows}
            placeholder={placeholder}
            className={`${controlClass} h-auto py-2.5`}
          />
        ) : (
          <Input onInput={correctWhileTyping} placeholder={placeholder} className={controlClass} />
        )}
      </FieldFrame>
    </AriaTextField>
  )
}

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'children'> {
  label: string
  description?: ReactNode
  placeholder?: string
  rows?: number
  className?: string
}
