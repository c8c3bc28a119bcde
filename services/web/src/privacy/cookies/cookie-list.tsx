import type { ConsentPrompt } from '@candor/contracts/privacy/consent-schemas'

type Cookie = ConsentPrompt['cookies'][number]

/** By kind, the essential first. */
export function CookieList({ cookies }: { cookies: readonly Cookie[] }) {
  return Object.entries(kinds).map(([kind, { title, when }]) => {
    const ofKind = cookies.filter((cookie) => cookie.kind === kind)
    if (ofKind.length === 0) return null
    return (
      <section key={kind} aria-labelledby={`cookies-${kind}`}>
        <h2 id={`cookies-${kind}`} className="text-xl font-semibold">
          {title}
        </h2>
        <p className="mt-1 text-muted">{when}</p>
        <ul className="card mt-3 divide-y divide-line shadow-card">
          {ofKind.map((cookie) => (
            <li key={`${cookie.storage} ${cookie.name}`} className="px-5 py-4 sm:px-6">
              <p className="font-semibold break-words">
                <code>{cookie.name}</code>
              </p>
              <p className="mt-0.5 text-pretty">{cookie.purpose}.</p>
              <p className="mt-0.5 text-sm text-muted">
                {places[cookie.storage]}, {lifetimeText(cookie)}
              </p>
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

const kinds: Record<Cookie['kind'], { title: string; when: string }> = {
  essential: { title: 'Essential', when: 'What you use does not work without it.' },
  'remember-me': { title: 'To remember you', when: 'Only after you agreed.' },
  statistics: { title: 'For statistics', when: 'Only after you agreed.' },
  advertising: { title: 'For advertising', when: 'Only after you agreed.' },
}

const places: Record<Cookie['storage'], string> = {
  cookie: 'Cookie',
  'local-storage': 'Local storage',
  'session-storage': 'Storage of one tab',
  pixel: 'Pixel or beacon of a third party',
}

function lifetimeText({ lifetime, storage }: Cookie): string {
  if (!lifetime && storage === 'pixel') return 'stores nothing here, tells of each visit'
  if (!lifetime) return storage === 'session-storage' ? 'until you close the tab' : 'until you end it'
  const parts = (['years', 'months', 'days'] as const).flatMap((unit) => {
    const count = lifetime[unit] ?? 0
    return count === 0 ? [] : [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`]
  })
  return `for ${parts.join(' and ')}`
}
