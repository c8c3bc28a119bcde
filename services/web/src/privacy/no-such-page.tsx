import { MapPinOff } from 'lucide-react'
import { EmptyState } from '../ui/empty-state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { usePageTitle } from '../ui/title.ts'

export function NoSuchBusiness() {
  usePageTitle('Not found')
  return (
    <EmptyState icon={MapPinOff} heading="h1" title="No business has this address">
      If you typed the address, check its last part, the name of the business. Otherwise follow the privacy
      link in the chat of the business or in a mail that you got from it.
    </EmptyState>
  )
}

export function NoSuchPage() {
  usePageTitle('Not found')
  return (
    <EmptyState
      icon={MapPinOff}
      heading="h1"
      title="There is no such page"
      action={<TextLink href="/">To the start of the privacy centre</TextLink>}
    />
  )
}
