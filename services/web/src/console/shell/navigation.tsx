import {
  ContactRound,
  CreditCard,
  FileText,
  Inbox,
  Keyboard,
  LogOut,
  Settings,
  ShieldCheck,
  Users,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Button } from 'react-aria-components'
import { Link, useLocation } from 'wouter'
import { Avatar } from '../../ui/avatar.tsx'
import { Mark } from '../../ui/logo.tsx'
import { Menu } from '../../ui/menu.tsx'
import { ThemeSwitch } from '../../ui/theme-switch.tsx'
import { isAdmin, leave, useAccount } from '../account.ts'

/** A rail at the side; on a phone a bar at the bottom. */
export function Navigation({ waiting, isHiddenOnPhone, onHelp }: NavigationProps) {
  const { user } = useAccount()
  return (
    <div
      className={`shrink-0 bg-rail text-rail-ink sm:flex sm:w-[5.25rem] sm:flex-col sm:items-center sm:py-4 print:hidden ${isHiddenOnPhone ? 'hidden' : 'flex'}`}
    >
      <Mark className="mb-5 hidden size-8 sm:block" />
      <nav aria-label="Main" className="flex flex-1 sm:w-full sm:flex-col sm:gap-1 sm:px-2">
        {places
          .filter(({ forAdmins }) => !forAdmins || isAdmin(user))
          .map((place) => (
            <Place key={place.href} {...place} count={place.href === '/inbox' ? waiting : 0} />
          ))}
      </nav>
      <div className="hidden flex-col items-center gap-1 sm:flex">
        <ThemeSwitch className="text-rail-muted hover:bg-rail-active hover:text-rail-ink" />
        <UserMenu name={user.name} id={user.id} onHelp={onHelp} />
      </div>
    </div>
  )
}

function Place({ href, label, icon: Icon, count }: Place & { count: number }) {
  const [path] = useLocation()
  const isHere = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="group relative flex min-w-0 flex-1 flex-col items-center gap-1 rounded-xl px-1 py-2.5 text-[0.6875rem] font-medium text-rail-muted transition-colors hover:text-rail-ink focus-visible:outline-signal aria-[current=page]:text-rail-ink sm:flex-none sm:aria-[current=page]:bg-rail-active"
    >
      <span className="relative">
        <Icon aria-hidden="true" className="size-[1.375rem]" strokeWidth={1.8} />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-1.5 left-3.5 min-w-[1.125rem] rounded-full bg-signal px-1 text-center text-[0.6875rem] leading-[1.125rem] font-bold text-[oklch(0.25_0.05_70)]"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      <span className="max-w-full truncate">{label}</span>
      {count > 0 && <span className="sr-only">, {count} waiting</span>}
    </Link>
  )
}

function UserMenu({ name, id, onHelp }: { name: string; id: string; onHelp: () => void }) {
  const [, navigate] = useLocation()
  return (
    <Menu
      label="Account"
      items={[
        { id: 'settings', label: 'Settings', icon: Settings, onAction: () => navigate('/settings') },
        { id: 'help', label: 'Keyboard shortcuts', icon: Keyboard, onAction: onHelp },
        { id: 'leave', label: 'Sign out', icon: LogOut, onAction: () => void leave() },
      ]}
    >
      <Button
        aria-label={`Account of ${name}`}
        className="cursor-pointer rounded-full p-1 focus-visible:outline-signal"
      >
        <Avatar name={name} id={id} />
      </Button>
    </Menu>
  )
}

const places: Place[] = [
  { href: '/inbox', label: 'Inbox', icon: Inbox },
  { href: '/transcripts', label: 'Transcripts', icon: FileText },
  { href: '/contacts', label: 'Contacts', icon: ContactRound },
  { href: '/compliance', label: 'Privacy', icon: ShieldCheck, forAdmins: true },
  { href: '/team', label: 'Team', icon: Users },
  { href: '/billing', label: 'Billing', icon: CreditCard },
  { href: '/settings', label: 'Settings', icon: Settings },
]

interface Place {
  href: string
  label: string
  icon: LucideIcon
  forAdmins?: boolean
}

interface NavigationProps {
  waiting: number
  isHiddenOnPhone: boolean
  onHelp: () => void
}
