import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { optionClass, popoverClass } from './option.tsx'

/** A button that opens a list of actions; `children` is the button. */
export function Menu({ label, items, children }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover placement="bottom end" className={`${popoverClass} min-w-52`}>
        <AriaMenu aria-label={label} className="p-1.5 outline-none">
          {items.map(({ id, label: text, icon: Icon, onAction, isDisabled = false }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={text}
              onAction={onAction}
              isDisabled={isDisabled}
              className={optionClass}
            >
              {Icon && <Icon aria-hidden="true" className="size-4 text-muted" />}
              {text}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

interface MenuProps {
  label: string
  items: MenuAction[]
  children: ReactNode
}

export interface MenuAction {
  id: string
  label: string
  icon?: LucideIcon
  isDisabled?: boolean
  onAction: () => void
}
