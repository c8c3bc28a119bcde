import { ChevronLeft } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Page } from '../../ui/page.tsx'
import { TextLink } from '../../ui/text-link.tsx'

/** A page about privacy. Where the menu has no room, a line above the page leads back to it. */
export function OfficePage({ back, width = 'max-w-4xl', ...props }: OfficePageProps) {
  const { href, label } = back ?? { href: '/compliance', label: 'Privacy' }
  return (
    <div className="min-w-0">
      <p
        className={`mx-auto -mb-6 w-full px-4 pt-5 text-sm sm:px-8 print:hidden ${width} ${back ? '' : 'lg:hidden'}`}
      >
        <TextLink href={href} className="link inline-flex items-center gap-1">
          <ChevronLeft aria-hidden="true" className="size-4" />
          {label}
        </TextLink>
      </p>
      <Page width={width} {...props} />
    </div>
  )
}

interface OfficePageProps extends ComponentProps<typeof Page> {
  /** Where one level up leads, on pages below those of the menu. */
  back?: { href: string; label: string }
}
