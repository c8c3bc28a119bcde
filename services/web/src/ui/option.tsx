import { Check } from 'lucide-react'
import { ListBoxItem } from 'react-aria-components'

/** One line of a select or a combo box. */
export function Option({ choice }: { choice: Choice }) {
  return (
    <ListBoxItem id={choice.id} textValue={choice.label} className={optionClass}>
      {({ isSelected }) => (
        <>
          <span className="min-w-0 flex-1">
            <span className="block">{choice.label}</span>
            {choice.description && (
              <span data-part="description" className="block text-sm text-muted">
                {choice.description}
              </span>
            )}
          </span>
          {isSelected && <Check aria-hidden="true" className="size-4 shrink-0 text-brand-text" />}
        </>
      )}
    </ListBoxItem>
  )
}

export const popoverClass =
  'enter rounded-xl border border-line bg-raised text-ink shadow-float outline-none overflow-auto'
export const listClass = 'max-h-80 overflow-auto p-1.5 outline-none'
export const optionClass =
  'flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 text-[0.9375rem] outline-none ' +
  'data-focused:bg-brand-soft data-hovered:bg-brand-soft data-disabled:opacity-50'

export interface Choice<Id extends string = string> {
  id: Id
  label: string
  description?: string
}
