import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { contracts } from '@candor/contracts/catalogue'
import type { identity } from '@candor/contracts/identity'
import { createServiceClient } from '@candor/rpc/service-client'
import type { ServiceClient } from '@candor/rpc/service-client'
import { readCommandLine } from '@candor/runtime/command-line'
import { createLogger } from '@candor/runtime/logger'
import { closeNats, connectNats } from '@candor/runtime/nats'
import { readConfig } from './config.ts'
import { findHolder } from './processes/run-lock.ts'

/**
 * `npm run parked [-- SERVICE] [--redrive]`: lists the events that services have set aside, or has them handled again.
 * Talks to the running local stack, or to the broker that NATS_URL names as the operator whose key is NATS_SEED; NATS_CA_FILE is for
 * a broker that proves its name by an authority of its own.
 */
async function main(): Promise<number> {
  const { values, positionals, choose } = readCommandLine(usage, {
    options: { redrive: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const chosen = positionals.length > 0 ? choose('service', positionals, services) : services
  const log = createLogger({ service: 'operator', level: 'silent' })
  const nats = await connectNats({ ...findBroker(), name: 'operator', log })
  let left = 0
  try {
    for (const service of chosen) {
      // Every contract answers these rows alike, so any of them types the client.
      const contract = contracts[service] as typeof identity
      left += await report(service, createServiceClient(contract, { nats, self: 'operator' }), values.redrive)
    }
  } finally {
    await closeNats(nats)
  }
  return left === 0 ? 0 : 1
}

const usage = `Usage: npm run parked -- [SERVICE]... [--redrive]
Lists the events that services have set aside; --redrive has them handled again. SERVICE: ${services.join(', ')}`

async function report(
  service: string,
  client: ServiceClient<typeof identity>,
  redrive: boolean,
): Promise<number> {
  if (redrive) {
    const { redriven, stillParked } = await client.redriveParkedEvents.mutate({})
    console.log(`${service.padEnd(12)} ${redriven} handled, ${stillParked} still parked`)
    return stillParked
  }
  const parked = await client.listParkedEvents.query({})
  console.log(`${service.padEnd(12)} ${parked.length === 0 ? 'nothing parked' : `${parked.length} parked`}`)
  for (const { eventId, type, error, attempts, parkedAt } of parked) {
    console.log(`  ${parkedAt}  ${type}  ${error}, ${attempts} attempts  ${eventId}`)
  }
  return parked.length
}

function findBroker(): { url: string; caFile?: string | undefined; seed: string } {
  const { NATS_URL: url, NATS_CA_FILE: caFile, NATS_SEED: seed } = process.env
  if (url && seed) return { url, caFile, seed }
  const { dataDir } = readConfig()
  if (!existsSync(join(dataDir, 'ports.json')))
    throw new Error(
      `Candor was never started with its data in ${dataDir}: nothing can be parked. Start it with: npm start`,
    )
  if (!findHolder(dataDir)) throw new Error('Candor is not running. Start it with: npm start')
  const read = (file: string) => JSON.parse(readFileSync(join(dataDir, file), 'utf8'))
  return { url: `nats://127.0.0.1:${read('ports.json').nats}`, seed: read('secrets.json').natsSeeds.operator }
}

try {
  process.exitCode = await main()
} catch (err) {
  console.error(err instanceof Error ? err.message : err)
  process.exitCode = 2
}
