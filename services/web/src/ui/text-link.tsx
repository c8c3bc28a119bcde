import type { ReactNode } from 'react'
import { Link } from 'wouter'

/** A link to another page of the same app. */
export function TextLink({
  href,
  children,
  className = 'link',
}: {
  href: string
  children: ReactNode
  className?: string
}) {
  return (
    <Link href={href} className={className}>
      {children}
    </Link>
  )
}
