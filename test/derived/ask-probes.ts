import { services } from '@candor/contracts/callers'
import type { Probe, TheirIds } from './cross-tenant-probes.ts'
import { uuids } from './foreign-ids.ts'
import { inBatches, rawBatch, rawCall } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'
import type { Tenant } from './tenants.ts'

/** Makes every probe, many in one request, and tells what an answer gave away. */
export async function askProbes(
  probes: readonly Probe[],
  { url, mine, canary, theirIds, asked }: Against,
): Promise<string[]> {
  const ids = new Set(theirIds.others)
  const isForeign = (id: string) => ids.has(id) && !asked.has(id)
  const leaks: string[] = []
  const reasons = new Map<string, Set<string>>()
  const named: { probe: Probe; reason: string }[] = []
  for (const batch of batchesOf(probes)) {
    const { service, who } = batch[0]!
    const answers = await ask(url, service, batch, mine.tokens[who])
    for (const id of batch.flatMap((probe) => probe.asked)) asked.add(id)
    for (const [place, probe] of batch.entries()) {
      const leak = leakOf(probe, answers[place]!, { canary, isForeign })
      if (leak) leaks.push(describe(probe, leak))
      const reason = answers[place]!.error?.data.reason ?? 'ok'
      if (probe.asked.length > 0) named.push({ probe, reason })
      else if (probe.group)
        reasons.set(probe.group.name, (reasons.get(probe.group.name) ?? new Set()).add(reason))
    }
  }
  for (const { probe, reason } of named) {
    // A key that was tried before is one's own.
    if (!probe.group || probe.group.isKey) continue
    const expected = reasons.get(probe.group.name)!
    if (!expected.has(reason))
      leaks.push(describe(probe, `answers ${reason}, and ${[...expected].join()} to an id that nobody has`))
  }
  return leaks
}

function describe({ service, name, who, input }: Probe, leak: string): string {
  return `${service}.${name} as ${who}: ${leak}; ${JSON.stringify(input)}`
}

/** One request has calls of one service, kind and caller. */
function batchesOf(probes: readonly Probe[]): Probe[][] {
  const groups = Map.groupBy(probes, ({ service, who, procedure }) => [service, who, procedure.kind].join())
  return services.flatMap((service) =>
    [...groups].filter(([key]) => key.startsWith(`${service},`)).flatMap(([, group]) => inBatches(group)),
  )
}

async function ask(url: string, service: string, batch: Probe[], token: string): Promise<RawAnswer[]> {
  if (batch[0]!.procedure.kind !== 'subscription') return rawBatch(url, service, batch, token)
  return Promise.all(
    batch.map(({ name, procedure, input }) => rawCall(url, service, name, procedure, input, token)),
  )
}

function leakOf(
  { who, asked, group }: Probe,
  { status, text, error }: RawAnswer,
  { canary, isForeign }: { canary: string; isForeign: (id: string) => boolean },
): string | undefined {
  if (status >= 500) return `answers ${status}`
  // A visitor may have asked to be erased by then.
  if (error?.data.reason === 'not-signed-in' && who !== 'visitor')
    return 'asks nothing: its caller is signed in no more'
  if (text.includes(canary)) return `tells ${text.slice(0, 300)}`
  const told = (text.match(uuids) ?? []).filter(isForeign)
  if (told.length > 0) return `tells the ids ${told.join()}`
  const isRefused = ['not-found', 'bad-credentials'].includes(error?.data.reason ?? '')
  if (!group && asked.length > 0 && !isRefused) return `answers ${error?.data.reason ?? 'ok'}`
  return undefined
}

interface Against {
  url: string
  mine: Pick<Tenant, 'tokens'>
  /** Stands in every text of the other tenant. */
  canary: string
  theirIds: TheirIds
  /** What was asked so far: the audit log tells who asked what. Grows. */
  asked: Set<string>
}
