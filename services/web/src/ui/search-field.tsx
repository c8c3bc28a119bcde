import { Search, X } from 'lucide-react'
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components'
import { controlClass } from './field.tsx'

/** Search box; the label is read out, the magnifier says it to the eye. Escape clears it. */
export function SearchField({ label, value, onChange, placeholder, className = '' }: SearchFieldProps) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className={`group relative ${className}`}
    >
      <Search aria-hidden="true" className="absolute top-1/2 left-3 size-5 -translate-y-1/2 text-muted" />
      <Input
        placeholder={placeholder}
        className={`${controlClass} pr-10 pl-10 [&::-webkit-search-cancel-button]:hidden`}
      />
      <Button className="absolute top-1/2 right-1.5 flex size-8 -translate-y-1/2 cursor-pointer items-center justify-center rounded-md text-muted group-data-empty:hidden hover:text-ink">
        <X aria-hidden="true" className="size-4" />
      </Button>
    </AriaSearchField>
  )
}

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  className?: string
}
