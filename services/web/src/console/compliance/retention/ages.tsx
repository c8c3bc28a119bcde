import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { getCategory } from '@candor/policy/categories'
import { periodText } from '@candor/policy/period'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { categoryIdList } from '../words.ts'
import { dayOf, endsAt, usedShare } from './expiring.ts'
import type { Held } from './expiring.ts'

/** A bar a category: as much of it is filled as its oldest record has used of the period. */
export function Ages({ categories, held, onHold }: AgesProps) {
  return (
    <ul aria-label="Categories" className="-mx-5 divide-y divide-line border-t border-line sm:-mx-6">
      {categoryIdList.map((id) => {
        const rule = categories[id]
        const { rows, oldest } = held.get(id) ?? { rows: 0, oldest: null }
        const share = oldest ? usedShare(oldest, rule) : null
        const { period } = rule.retention
        const end = oldest && endsAt(oldest, rule)
        return (
          <li key={id} className="px-5 py-3.5 sm:px-6">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">{getCategory(id).title}</span>
              <span className="flex items-center gap-2 text-sm text-muted">
                {period ? periodText(period) : (getCategory(id).lasts ?? 'without a period')}
                {onHold.has(id) && <Badge tone="wait">on hold</Badge>}
              </span>
            </div>
            {share !== null && <Bar share={share} />}
            <p className="mt-1.5 text-sm text-muted">
              {rows === 0 || !oldest ? (
                'Nothing is held that a period would end.'
              ) : (
                <>
                  {rows === 1 ? '1 record' : `${number.format(rows)} records`}, the oldest from{' '}
                  <Time at={dayOf(oldest)} />
                  {share !== null && `: ${percent.format(share)} used`}
                  {end && (
                    <>
                      , goes <Time at={end} />
                    </>
                  )}
                  .
                </>
              )}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function Bar({ share }: { share: number }) {
  const width = Math.min(100, Math.max(0.8, share * 100))
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className="mt-2 h-2 w-full overflow-hidden rounded-full bg-sunken"
    >
      <rect
        width={width}
        height={6}
        className={share > 1 ? 'fill-danger' : share > 0.9 ? 'fill-signal' : 'fill-brand'}
      />
    </svg>
  )
}

const number = new Intl.NumberFormat()
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 })

interface AgesProps {
  categories: Policy['categories']
  held: Map<string, Held>
  onHold: ReadonlySet<CategoryId>
}
