import type { ServiceName } from '@candor/contracts/callers'
import { lookAtStreams } from '@candor/events/look-at-streams'
import { tryPermissions } from '@candor/events/try-permissions'
import { CheckError } from '@candor/runtime/check-up'
import type { Check } from '@candor/runtime/check-up'
import { connectNatsOnce } from '@candor/runtime/nats'
import type { NatsConnection } from '@nats-io/transport-node'

/** The broker, what this service may do there, and the streams it depends on. */
export function natsChecks(
  service: ServiceName,
  {
    NATS_URL,
    NATS_CA_FILE,
    NATS_SEED,
  }: { NATS_URL: string; NATS_CA_FILE?: string | undefined; NATS_SEED: string },
): { checks: Check[]; close: () => Promise<void> } {
  let nats: NatsConnection | undefined
  return {
    checks: [
      {
        name: 'nats',
        async look() {
          nats = await connectNatsOnce({
            url: NATS_URL,
            caFile: NATS_CA_FILE,
            seed: NATS_SEED,
            name: service,
          }).catch((cause: unknown) => {
            throw new CheckError(`NATS does not let us in: ${(cause as Error).message}`, doorAdvice(cause), {
              cause,
            })
          })
          const { server_name: server, version, cluster } = nats.info!
          return { found: `nats-server ${version}${cluster ? `, ${server} of the cluster ${cluster}` : ''}` }
        },
      },
      { name: 'permissions', needs: 'nats', look: () => tryPermissions(nats!, service).catch(fellSilent) },
      { name: 'streams', needs: 'permissions', look: () => lookAtStreams(nats!, service) },
    ],
    close: async () => nats?.close(),
  }
}

function doorAdvice(err: unknown): string {
  const { message } = err as Error
  if (/authorization|authentication/i.test(message))
    return "The server does not know the public half of NATS_SEED: give it the server's configuration anew, or the service its own seed."
  if (/doesn't exist/.test(message))
    return 'NATS_CA_FILE names the file of the authority, which is to be mounted there: see the secret nats-tls.'
  if (/does not support 'tls'/.test(message))
    return 'NATS_URL says tls: and this server speaks plain text: give it its certificate, or the service nats:.'
  if (/certificate|tls|ssl/i.test(message))
    return 'NATS_CA_FILE is not the authority that signed the server certificate, or that is for other names or has ended.'
  return 'Check host and port in NATS_URL, that NATS runs, and the network policy between here and there.'
}

function fellSilent(cause: unknown): never {
  const what = `NATS let us in and then answered no more: ${(cause as Error).message}`
  throw new CheckError(what, 'Look at the NATS pods, and at the network between here and there.', { cause })
}
