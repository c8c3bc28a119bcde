import { createHash } from 'node:crypto'
import { services } from '@candor/contracts/callers'
import { groupOf, measures } from '@candor/contracts/transcripts/statistics'
import { endOf } from '@candor/policy/period'
import { transcriptsData } from '@candor/transcripts/personal-data'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { slowProbe } from '../probe.ts'
import { publishEdited } from '../publish-edited.ts'
import { verifyOffline } from '../verify-offline.ts'
import { closedChat, newPerson, openBusiness } from '../world.ts'
import type { Business, InsideWorld } from '../world.ts'

const day = 86_400_000

/** What retention did, and what it leaves. */
export const disposals = [
  slowProbe('chatsphere-06-delete-or-anonymise', async function* (world) {
    const [keeping, deleting] = [await ofPack(world), await ofPack(world)]
    await publishEdited(world, deleting, 'chatsphere', ({ categories }) => ({
      categories: {
        ...categories,
        'usage-facts': {
          ...categories['usage-facts'],
          retention: { ...categories['usage-facts'].retention, disposition: 'delete' },
        },
      },
    }))
    const ids: string[] = []
    const words: string[] = []
    let limit = world.now()
    for (const business of [keeping, deleting])
      for (let n = 0; n < groupOf; n++) {
        const person = newPerson()
        const { conversationId, closedAt } = await closedChat({ ...world, business }, person)
        ids.push(conversationId)
        words.push(...person.words)
        limit = endOf(closedAt, { months: 36 })
      }
    const before = await figuresOf(world, keeping)
    holds('chats are counted', before.length > 0)

    // Figures of a day count from its end, and receipts are issued when the day is over.
    yield new Date(limit.getTime() + 2 * day)
    await until('the sweeps', async () => (await world.search(words)).length === 0, 60_000)
    await world.swept()
    yield new Date(limit.getTime() + 3 * day)
    const chosen = { keeping: await receiptsOf(keeping), deleting: await receiptsOf(deleting) }
    const told = ({ disposals: all }: Receipted) => {
      const ofChats = all.filter(({ table }) => ['conversations', 'transcripts', 'chat_days'].includes(table))
      const kinds = Map.groupBy(ofChats, (one) => `${one.table} ${one.category} ${one.disposition}`)
      return [...kinds].map(([kind, some]) => `${kind} ${sumOf(some)}`).toSorted()
    }
    const promised = (disposition: string, ...more: string[]) => [
      ...more,
      `conversations conversation delete ${groupOf}`,
      `conversations staff-name delete ${groupOf}`,
      `conversations usage-facts ${disposition} ${groupOf}`,
      `transcripts contact-details delete ${groupOf}`,
      `transcripts conversation delete ${groupOf}`,
      `transcripts staff-name delete ${groupOf}`,
      `transcripts usage-facts ${disposition} ${groupOf}`,
    ]
    same('receipted where the notice makes anonymous', told(chosen.keeping), promised('anonymise'))
    same(
      'receipted where it deletes',
      told(chosen.deleting),
      promised('delete', 'chat_days usage-facts delete 1'),
    )

    same('figures where the notice makes anonymous', await figuresOf(world, keeping), before)
    same('figures where it deletes', await figuresOf(world, deleting), [])
    for (const row of before) for (const [column, value] of Object.entries(row)) leadsNowhere(column, value)
    const places = await world.search(ids)
    const figureTables = figures.map((table) => `transcripts.${table}`)
    same(
      'figures that hold the id of a chat',
      places.filter((place) => figureTables.includes(place)),
      [],
    )
    return `conversations deleted, facts about them made anonymous or deleted as each notice chose; ${chosen.keeping.files + chosen.deleting.files} receipts, signed, in the audit log and verified offline; the ${before.length} rows that stay hold numbers, days and words of fixed lists`
  }),
]

/** Where anything stays once it is anonymous, as the data map declares. */
const figures = Object.keys(transcriptsData.tables).filter((table) => transcriptsData.tables[table]!.figures)

async function ofPack(world: InsideWorld): Promise<Business> {
  const business = await openBusiness(world)
  await choosePack(world, business, 'chatsphere')
  return business
}

async function figuresOf({ query }: InsideWorld, { id }: Business): Promise<object[]> {
  const found = await Promise.all(
    figures.map((table) =>
      query<{ row: object }>(
        'transcripts',
        `select to_jsonb(t) - 'tenant_id' as row from ${table} t where tenant_id = $1 order by 1`,
        [id],
      ),
    ),
  )
  return found.flat().map(({ row }) => row)
}

/** A value by which a row could be joined with another, or its moment be known, breaks the promise. */
function leadsNowhere(column: string, value: unknown): void {
  const lists: readonly unknown[] = [Object.keys(measures), ...Object.values(measures)].flat()
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d(T00:00:00\+00:00)?$/.test(value)
  holds(`${column} ${value} leads nowhere`, typeof value === 'number' || isDay || lists.includes(value))
}

async function receiptsOf(business: Business): Promise<Receipted> {
  const { privacy } = await business.owner()
  const files = await until('the receipts', async () => {
    const found = await privacy.listDisposals.query({})
    const gone = (wanted: string) =>
      sumOf(found.flatMap(({ receipt }) => receipt.disposals.filter(({ table }) => table === wanted)))
    return gone('conversations') > 0 && gone('transcripts') > 0 ? found : undefined
  })
  for (const file of files) {
    const { receipt, jws } = file
    holds('it verifies offline', (await verifyOffline(file)).startsWith('Valid'))
    const { entries } = await privacy.listAuditEntries.query({ object: receipt.id })
    const digest = `sha256:${createHash('sha256').update(jws).digest('hex')}`
    same(
      'its entry in the audit log',
      entries.map(({ detail }) => detail),
      [digest],
    )
    const proof = await privacy.getAuditProof.query({ position: entries[0]!.position })
    holds('the entry is proven', (await verifyOffline(proof)).startsWith('Valid'))
  }
  const [{ receipt, ...rest }] = files as [(typeof files)[number]]
  const other = services.find((service) => service !== receipt.service)!
  const changed = verifyOffline({ ...rest, receipt: { ...receipt, service: other } })
  same('a changed one', await changed.then(() => 'valid').catch(() => 'refused'), 'refused')
  same(
    'an agent who asks',
    await refusal('it', (await business.agent()).privacy.listDisposals.query({})),
    'forbidden',
  )
  return { files: files.length, disposals: files.flatMap((file) => file.receipt.disposals) }
}

function sumOf(counts: readonly { records: number }[]): number {
  return counts.reduce((sum, { records }) => sum + records, 0)
}

interface Receipted {
  files: number
  disposals: { table: string; category: string; disposition: string; records: number }[]
}
