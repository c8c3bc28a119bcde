import { basisText } from '@candor/policy/describe-category'
import { services } from '@candor/contracts/callers'
import type { CallerOf } from '@candor/contracts/contract'
import { categoryIds } from '@candor/contracts/policy/categories'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { privacy } from '@candor/contracts/privacy'
import type { ProcessingActivity, ProcessingRecord } from '@candor/contracts/privacy/registers'
import { purposes } from '@candor/contracts/purposes'
import { categories } from '@candor/policy/categories'
import { periodText } from '@candor/policy/period'
import { notFound } from '@candor/rpc/service-error'
import type { Declaration } from '../declarations.ts'
import type { Deps } from '../deps.ts'

/** Written anew at each call from what the services store and what the notice in force says: nobody keeps it up. */
export async function getProcessingRecord(
  deps: Deps,
  { tenantId }: CallerOf<Row>,
): Promise<ProcessingRecord> {
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  const { version } = await deps.policies.of(tenantId)
  const declarations = await deps.readDeclarations()
  const { policy } = version
  return {
    generatedAt: deps.clock.now().toISOString(),
    business: { name: business.name, slug: business.slug, country: business.country },
    contact: policy.contact.email,
    officer: policy.contact.officer,
    policyVersion: version.version,
    activities: categoryIds.flatMap((id) => describeActivity(id, policy, declarations)),
    measures,
  }
}

type Row = (typeof privacy)['procedures']['getProcessingRecord']

type Described = Pick<ProcessingActivity, 'title' | 'role' | 'source'>

/** A category no service stores is no activity. */
function describeActivity(
  category: CategoryId,
  policy: Policy,
  declarations: readonly Declaration[],
): ProcessingActivity[] {
  const found = declarations.flatMap(({ service, columns }) =>
    columns.filter((column) => column.category === category).map((column) => ({ service, ...column })),
  )
  const described = (categories as Partial<Record<CategoryId, Described>>)[category]
  if (found.length === 0 || !described) return []
  const { title, role, source } = described
  const rule = policy.categories[category]
  return [
    {
      category,
      title,
      role,
      people: peopleOf(category),
      purposes: rule.purposes.map((purpose) => purposes[purpose]),
      legalBasis: `${basisText[rule.basis]}: ${rule.because}`,
      recipients: policy.recipients.filter(({ id }) => rule.recipients.includes(id)),
      retention: rule.retention.period ? periodText(rule.retention.period) : 'as long as what it belongs to',
      source,
      kept: [...new Set(found.flatMap(({ onErasure }) => /^kept: (.*)$/s.exec(onErasure ?? '')?.[1] ?? []))],
      places: services.flatMap((service) => {
        const tables = Map.groupBy(
          found.filter((column) => column.service === service),
          ({ table }) => table,
        )
        return [...tables].map(([table, columns]) => ({
          service,
          table,
          columns: columns.map(({ column }) => column),
        }))
      }),
    },
  ]
}

function peopleOf(category: CategoryId): ProcessingActivity['people'] {
  if (category === 'security-log') return ['nobody in particular']
  if (category === 'compliance-records') return ['visitors', 'staff']
  return ['staff-account', 'staff-name', 'purchase-records'].includes(category) ? ['staff'] : ['visitors']
}

/** Article 30(1)(g) and (2)(d): what holds for every business alike. */
const measures = [
  'Every row of a business is behind row-level security of the database, forced for the services too',
  'Roles for owners, admins and agents are checked at every procedure; refusals and reads by staff are logged',
  'Passwords are stored as argon2id hashes; keys and addresses of requests are sealed with AES-256-GCM',
  'Data is deleted by the period of its category, and by a request within a minute, with a signed receipt',
]
