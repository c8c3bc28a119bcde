import { ExternalLink } from 'lucide-react'
import { Fragment } from 'react'
import { buttonClass } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Section } from '../../ui/page.tsx'
import { useAccount } from '../account.ts'

/** The one line that puts the chat on a site. */
export function Install() {
  const { business } = useAccount()
  const attributes = `src="${location.origin}/widget.js" data-key="${business.widgetKey}" data-consent async`
  const snippet = `<script ${attributes}></script>`
  return (
    <Section
      title="Put the chat on your site"
      intro="Paste this line before the end of the page. It stores nothing on your visitors' devices before they click."
      actions={<CopyButton text={snippet} />}
    >
      <pre
        tabIndex={0}
        aria-label="Line to paste"
        className="rounded-xl bg-sunken px-4 py-3.5 font-mono text-[0.8125rem] leading-relaxed overflow-x-auto whitespace-normal"
      >
        {snippet.split(' ').map((part, index) => (
          <Fragment key={part}>
            {index > 0 && ' '}
            <span className="whitespace-nowrap">{part}</span>
          </Fragment>
        ))}
      </pre>
      <p className="mt-3 max-w-prose text-sm text-pretty text-muted">
        With <code className="font-mono">data-consent</code> the chat asks for consent in a banner at the
        first visit, where your notice says so. Leave it out if your site asks for consent itself.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <OutsideLink href={`/shop?key=${encodeURIComponent(business.widgetKey)}`}>
          See it on a demo shop
        </OutsideLink>
        <OutsideLink href={`/privacy/${business.slug}`}>Your privacy page</OutsideLink>
        <OutsideLink href="/api-reference">API reference</OutsideLink>
      </div>
    </Section>
  )
}

function OutsideLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={buttonClass('secondary', 'sm')}>
      {children} <ExternalLink aria-hidden="true" />
      <span className="sr-only">(opens a new tab)</span>
    </a>
  )
}
