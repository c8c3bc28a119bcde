import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, CheckboxGroup, FieldError, Label, Text } from 'react-aria-components'
import type { Choice } from './option.tsx'

/** Any number of a few choices, all visible. */
export function Checkboxes<Id extends string>({
  label,
  description,
  choices,
  columns = 'sm:grid-cols-2',
  onChange,
  ...props
}: CheckboxesProps<Id>) {
  return (
    <CheckboxGroup
      {...props}
      {...(onChange ? { onChange: (ids: string[]) => onChange(ids as Id[]) } : {})}
      className="flex flex-col gap-1.5"
    >
      <Label className="text-sm font-medium">{label}</Label>
      {description && (
        <Text slot="description" className="text-sm text-muted">
          {description}
        </Text>
      )}
      <div className={`grid gap-x-6 gap-y-1 ${columns}`}>
        {choices.map(({ id, label: text, description: more }) => (
          <Checkbox key={id} value={id}>
            {text}
            {more && <span className="block text-sm text-muted">{more}</span>}
          </Checkbox>
        ))}
      </div>
      <FieldError className="text-sm font-medium text-danger-text" />
    </CheckboxGroup>
  )
}

/** One yes or no; in a group, one of its choices. */
export function Checkbox({ children, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className="group flex cursor-pointer items-start gap-2.5 py-1 text-[0.9375rem]">
      <span className="mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-md border border-edge bg-raised text-on-brand group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus group-data-selected:border-transparent group-data-selected:bg-brand">
        <Check aria-hidden="true" className="hidden size-4 group-data-selected:block" strokeWidth={3} />
      </span>
      <span className="min-w-0">{children}</span>
    </AriaCheckbox>
  )
}

interface CheckboxProps {
  value?: string
  name?: string
  isSelected?: boolean
  defaultSelected?: boolean
  isRequired?: boolean
  onChange?: (isSelected: boolean) => void
  children: ReactNode
}

interface CheckboxesProps<Id extends string> {
  label: string
  description?: string
  choices: readonly Choice<Id>[]
  columns?: string
  name?: string
  value?: Id[]
  defaultValue?: Id[]
  isRequired?: boolean
  onChange?: (ids: Id[]) => void
}
