import type { ServiceName } from '@candor/contracts/callers'
import { eventStream } from '@candor/contracts/subjects'
import type { Complaint, Finding } from '@candor/runtime/check-up'
import { jetstreamManager } from '@nats-io/jetstream'
import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream'
import { PermissionViolationError } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/transport-node'
import { isNotFound } from './is-found.ts'
import { sourcesOf } from './nats-permissions.ts'
import { streamDefinitions } from './stream-definitions.ts'
import type { StreamDefinitions } from './stream-definitions.ts'

/** That the streams and this service's consumers are there, and as they are meant to be. */
export async function lookAtStreams(nats: NatsConnection, service: ServiceName): Promise<Finding> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: 3_000 })
  const { streams, consumers } = streamDefinitions({ replicas: 1 })
  // A service may ask about the event stream's consumers, and not about the stream itself.
  const readable = streams.filter(({ name }) => name !== eventStream)
  const mine = consumers.filter(({ config }) => config.durable_name.startsWith(`${service}-from-`))
  const found = [
    ...(await Promise.all(readable.map((stream) => lookAtStream(manager, stream)))),
    ...(await Promise.all(mine.map((consumer) => lookAtConsumer(manager, consumer)))),
  ]
  const pending = found.reduce((sum, each) => sum + each.pending, 0)
  return {
    found: `${readable.length} streams, ${sourcesOf(service).length} consumers, ${pending} events not yet taken in`,
    wrong: found.flatMap(({ wrong }) => wrong),
  }
}

async function lookAtStream(
  manager: JetStreamManager,
  wanted: StreamDefinitions['streams'][number],
): Promise<Looked> {
  const info = await manager.streams.info(wanted.name).catch((err: Error) => err)
  if (info instanceof Error) return missing(`the stream ${wanted.name}`, info)
  return {
    pending: 0,
    wrong: [...differences(`the stream ${wanted.name}`, wanted, info.config), ...behind(info)],
  }
}

async function lookAtConsumer(
  manager: JetStreamManager,
  { stream, config }: StreamDefinitions['consumers'][number],
): Promise<Looked> {
  const name = `the consumer ${config.durable_name}`
  const info = await manager.consumers.info(stream, config.durable_name).catch((err: Error) => err)
  if (info instanceof Error) return missing(name, info)
  return { pending: info.num_pending + info.num_ack_pending, wrong: differences(name, config, info.config) }
}

function missing(name: string, err: Error): Looked {
  return { pending: 0, wrong: [complaintOf(name, err)] }
}

function complaintOf(name: string, err: Error): Complaint {
  if (err instanceof PermissionViolationError)
    return { what: `this user may not ask about ${name}`, toDo: 'First what is said of its permissions.' }
  if (isNotFound(err)) return { what: `${name} is not there: ${err.message}`, toDo: advice }
  return {
    what: `${name} cannot be asked about: ${err.message}`,
    toDo: 'Look at the NATS pods: streams answer while JetStream is on, and most of its servers are there.',
  }
}

/** Settings that are not as meant; a server adds others of its own. */
function differences(name: string, wanted: object, actual: object): Complaint[] {
  return (
    Object.entries(wanted)
      // How many copies there are is for each installation to choose.
      .filter(([key]) => key !== 'num_replicas')
      .filter(
        ([key, value]) => JSON.stringify((actual as Record<string, unknown>)[key]) !== JSON.stringify(value),
      )
      .map(([key, value]) => ({
        what: `${name} has ${key} ${JSON.stringify((actual as Record<string, unknown>)[key])} and not ${JSON.stringify(value)}`,
        toDo: advice,
      }))
  )
}

/** In a cluster: copies that would not be complete if they were needed. */
function behind({ config, cluster }: StreamInfo): Complaint[] {
  return (cluster?.replicas ?? [])
    .filter(({ current, offline }) => !current || offline)
    .map(({ name, offline }) => ({
      what: `the copy of ${config.name} on ${name} is ${offline ? 'away' : 'behind'}`,
      toDo: 'Look at that NATS pod; a copy catches up by itself once its server is back.',
    }))
}

const advice = 'Run the provisioning job for streams: it makes what is missing and puts settings right.'

interface Looked {
  pending: number
  wrong: Complaint[]
}
