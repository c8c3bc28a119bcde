import type { ReactNode } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

/** One of a few views, all visible. */
export function Segmented<Id extends string>({ label, choices, value, onChange }: SegmentedProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange([...keys][0] as Id)}
      className="flex gap-1 rounded-[11px] bg-sunken p-1"
    >
      {choices.map(({ id, label: text }) => (
        <ToggleButton key={id} id={id} className={segmentClass}>
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

const segmentClass =
  'flex h-8 min-w-0 flex-auto cursor-pointer items-center justify-center gap-1.5 rounded-lg px-2 text-sm font-medium text-muted ' +
  'transition-colors hover:text-ink data-selected:bg-raised data-selected:text-ink data-selected:shadow-card'

interface SegmentedProps<Id extends string> {
  label: string
  choices: readonly { id: Id; label: ReactNode }[]
  value: Id
  onChange: (id: Id) => void
}
