import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { packs } from '@candor/policy/packs'
import type { Pack } from '@candor/policy/pack'
import { renderNotice } from '@candor/policy/render-notice'
import { useAccount } from '../../account.ts'

/** The notice as the settings that are being edited make it, before anything is saved. */
export function NoticeText({ pack, policy }: { pack: PackId; policy: Policy }) {
  const { business } = useAccount()
  const { sections } = renderNotice({
    pack: packs[pack] as Pack,
    policy,
    business: { name: business.name, country: business.country },
    revisedAt: null,
    effectiveAt: null,
  })
  return (
    <article aria-label="Preview of the notice" className="card flex flex-col gap-8 p-5 shadow-card sm:p-8">
      {sections.map(({ id, title, paragraphs, tables }) => (
        <section key={id}>
          <h2 className="text-xl font-semibold">{title}</h2>
          <div className="mt-3 flex max-w-prose flex-col gap-3 text-pretty">
            {paragraphs.map(({ key, text }) => (
              <p key={key}>{text}</p>
            ))}
          </div>
          {tables.map((table) => (
            <dl key={table.key} className="mt-4 divide-y divide-line border-y border-line">
              {table.rows.map(({ key, cells: [first, ...others] }) => (
                <div key={key} className="py-3">
                  <dt className="font-medium">{first}</dt>
                  {others.map((cell, at) => (
                    <dd key={table.head[at + 1]} className="text-[0.9375rem]">
                      <span className="text-muted">{table.head[at + 1]}:</span> {cell}
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
          ))}
        </section>
      ))}
    </article>
  )
}
