import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'

export function Switch({ isSelected, onChange, children }: SwitchProps) {
  return (
    <AriaSwitch
      isSelected={isSelected}
      onChange={onChange}
      className="group flex cursor-pointer items-center justify-between gap-4 font-medium"
    >
      {children}
      <span className="flex h-6 w-11 shrink-0 items-center rounded-full bg-edge p-0.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus group-data-selected:bg-brand">
        <span className="size-5 rounded-full bg-raised transition-transform group-data-selected:translate-x-5" />
      </span>
    </AriaSwitch>
  )
}

interface SwitchProps {
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  children: ReactNode
}
