import { MapPinOff } from 'lucide-react'
import { EmptyState } from '../ui/empty-state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { usePageTitle } from '../ui/title.ts'

export function NoSuchBusiness() {
  usePageTitle('Not found')
  return (
    <EmptyState icon={MapPinOff} heading="h1" title="There is no business at this address">
      Its chat and its mails link to its privacy centre; please follow one of those links. Was the address
      typed by hand, look for a slip in the last part.
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
