import { ChevronDown } from 'lucide-react'
import { Button, ListBox, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components'
import type { SelectProps as AriaSelectProps } from 'react-aria-components'
import { FieldFrame, controlClass } from './field.tsx'
import { Option, listClass, popoverClass } from './option.tsx'
import type { Choice } from './option.tsx'

export function Select<Id extends string>({
  label,
  description,
  choices,
  isLabelHidden = false,
  ...props
}: SelectProps<Id>) {
  return (
    <AriaSelect {...(props as AriaSelectProps<Choice>)}>
      <FieldFrame label={label} description={description} isLabelHidden={isLabelHidden}>
        <Button
          className={`${controlClass} flex cursor-pointer items-center justify-between gap-2 text-left`}
        >
          <SelectValue className="truncate data-placeholder:text-muted [&_[data-part=description]]:hidden" />
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </Button>
      </FieldFrame>
      <Popover className={`${popoverClass} min-w-(--trigger-width)`}>
        <ListBox items={choices} className={listClass}>
          {(choice) => <Option choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

interface SelectProps<Id extends string> {
  label: string
  description?: string
  /** Where what stands beside it says what it is. */
  isLabelHidden?: boolean
  choices: readonly Choice<Id>[]
  name?: string
  placeholder?: string
  isRequired?: boolean
  defaultValue?: Id
  value?: Id
  onChange?: (id: Id) => void
}
