import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import type { ReactNode } from 'react'
import { TextLink } from '../../ui/text-link.tsx'
import { Time } from '../../ui/time.tsx'
import { AuthorityChoice } from './authority-choice.tsx'
import { Categories } from './categories.tsx'
import { NoticeSection } from './notice-section.tsx'
import type { Section } from './notice-section.tsx'
import { RightsList } from './rights-list.tsx'

/** A version of the notice, section by section, with what the services hold and what can be asked for. */
export function Notice({ notice, title = 'Privacy notice' }: { notice: PrivacyNotice; title?: string }) {
  const { version, revisedAt, effectiveAt, sections } = notice
  return (
    <article aria-labelledby="notice" className="mt-8 print:mt-0">
      <header className="mb-6 border-b border-line pb-5">
        <h2 id="notice" className="text-2xl font-semibold">
          {title}
        </h2>
        <p className="mt-1 text-[0.9375rem] text-muted">
          Version {version}, last revised on <Time at={revisedAt} />, in force from <Time at={effectiveAt} />.{' '}
          <span className="print:hidden">
            <TextLink href="/versions">All versions, and what changed</TextLink>
          </span>
        </p>
      </header>
      <div className="flex flex-col gap-10">
        {sections.map((section) => (
          <NoticeSection key={section.id} section={section}>
            {own[section.id]?.(notice)}
          </NoticeSection>
        ))}
      </div>
    </article>
  )
}

/** What says more than the section's own table. */
const own: Partial<Record<Section['id'], (notice: PrivacyNotice) => ReactNode>> = {
  data: (notice) => <Categories notice={notice} />,
  rights: ({ rights }) => <RightsList rights={rights} />,
  contact: (notice) => <AuthorityChoice notice={notice} />,
}
