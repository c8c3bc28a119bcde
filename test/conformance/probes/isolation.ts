import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import { askWithIdsOf } from '../../derived/ask-with-ids-of.ts'
import { everyProcedure, everyPublicProcedure } from '../../derived/every-procedure.ts'
import { furnishTenant } from '../../derived/tenants.ts'
import { outsiders, wrongAdmission } from '../../derived/wrong-admission.ts'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { insideProbe, probe } from '../probe.ts'
import { canary } from '../world.ts'
import type { InsideWorld } from '../world.ts'

/** Who is let at what. */
export const isolation = [
  insideProbe('chatinbox-09-tenant-isolation', async (world) => {
    const words = { mine: canary('mine'), theirs: canary('theirs') }
    const [mine, theirs] = await Promise.all([
      furnishTenant(world, words.mine),
      furnishTenant(world, words.theirs),
    ])
    let asked = 0
    // The one ends the session, the other counts a wrong proof against its request, whoever sends it.
    for (const row of everyPublicProcedure.filter(
      ({ name }) => !['signOut', 'proveIdentity'].includes(name),
    )) {
      for (const who of ['owner', 'agent', 'visitor', 'subject'] as const) {
        const { access } = row.procedure
        if (!access.includes(who) && !access.includes('anyone')) continue
        for (const { answer, isAsked } of await askWithIdsOf(theirs, { url: world.url, ...row, who, mine })) {
          asked++
          holds(`${row.service}.${row.name} tells ${who} nothing`, !answer.text.includes(words.theirs))
          const reason = answer.error?.data.reason ?? ''
          if (isAsked) holds(`${row.name} answers ${who} not-found: ${reason}`, notFound.includes(reason))
        }
      }
    }
    for (const service of services)
      for (const table of await protectedTables(world, service)) {
        const tenant = { 'app.tenants': mine.ids.tenantId }
        const rows = await world.queryAsService<{ row: string }>(
          service,
          tenant,
          `select t::text as row from ${table} t`,
        )
        const foreign = rows.filter(
          ({ row }) => row.includes(words.theirs) || row.includes(theirs.ids.tenantId),
        )
        same(`rows of another in ${service}.${table}`, foreign.length, 0)
      }
    const visitorOf = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sub
    const idsOf = ({ ids, tokens }: typeof mine) => [
      ids.contactId,
      ids.conversationId,
      visitorOf(tokens.visitor),
    ]
    same(
      'ids that both know the visitor by',
      idsOf(mine).filter((id) => idsOf(theirs).includes(id)),
      [],
    )
    return `${asked} calls with another's ids told nothing and found nothing; the database shows a business no row of another`
  }),

  probe('chatsphere-05-access-control', async (world) => {
    const tenant = await furnishTenant(world, canary('matrix'))
    const wrong: string[] = []
    for (const row of everyProcedure)
      for (const who of outsiders) {
        const token = who === 'anyone' ? undefined : tenant.tokens[who]
        const answered = await wrongAdmission({ url: world.url, ...row, who, token })
        if (answered) wrong.push(answered)
      }
    same('answers that differ from the contract', wrong, [])
    const [owner, agent] = [
      clientsOf(world.url, tenant.tokens.owner),
      clientsOf(world.url, tenant.tokens.agent),
    ]
    const { conversationId } = tenant.ids
    await agent.chat.listMessages.query({ conversationId })
    same('an agent at the requests', await refusal('it', agent.privacy.listRequests.query({})), 'forbidden')
    const logged = async (kind: 'read' | 'refusal', what: string) =>
      until(`${kind} of ${what} in the audit log`, async () => {
        const { entries } = await owner.privacy.listAuditEntries.query({ kind, what })
        return entries.some(({ role }) => role === 'agent')
      })
    await logged('read', 'chat.listMessages')
    await logged('refusal', 'privacy.listRequests')
    return `${everyProcedure.length} procedures by ${outsiders.length} kinds of caller let in or refuse as the contract says; reads and refusals of staff are in the audit log`
  }),

  probe('chatinbox-01-people', async (world) => {
    const tenant = await furnishTenant(world, canary('people'))
    const as = (who: keyof typeof tenant.tokens) => clientsOf(world.url, tenant.tokens[who])
    const seen = []
    for (const who of ['owner', 'admin', 'agent'] as const) {
      const { user, business } = await as(who).identity.me.query()
      seen.push([user.role, business.id])
    }
    same(
      'staff of the business',
      seen,
      ['owner', 'admin', 'agent'].map((role) => [role, tenant.ids.tenantId]),
    )
    for (const who of ['visitor', 'subject'] as const) {
      same(`a ${who} as staff`, await refusal('it', as(who).identity.me.query()), 'forbidden')
      await refusal('it', as(who).privacy.listCases.query({}))
    }
    await as('agent')
      .privacy.listCases.query({})
      .catch(() => {})
    await as('admin').privacy.listCases.query({})
    const roles = await until('the audit entries of each', async () => {
      const { entries } = await as('owner').privacy.listAuditEntries.query({ limit: 200 })
      const found = new Set(entries.map(({ role }) => role))
      return ['owner', 'admin', 'agent', 'visitor', 'subject'].every((role) => found.has(role)) && found
    })
    const known = new Set(['owner', 'admin', 'agent', 'visitor', 'subject', 'anyone', ...services])
    same(
      'roles of no kind of people',
      [...roles].filter((role) => !known.has(role)),
      [],
    )
    return `businesses, their staff (owner, admin, agent) and who writes to them (visitor, subject) in every call and audit entry`
  }),
]

const notFound = ['not-found', 'bad-credentials']

async function protectedTables(world: InsideWorld, service: ServiceName): Promise<string[]> {
  const rows = await world.query<{ name: string }>(
    service,
    `select c.oid::regclass::text as name from pg_class c
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relforcerowsecurity`,
  )
  return rows.map(({ name }) => name)
}
