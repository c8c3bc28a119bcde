import { streamDefinitions } from '@candor/events/stream-definitions'
import { externalSecrets } from './external-secrets.ts'
import { natsUsersConfig } from './nats-users.ts'

/** Files below deploy/ that follow from the contracts and configurations in the code, by path. */
export function manifests(): Record<string, string> {
  return {
    'platform/nats/users.conf': natsUsersConfig(),
    // Each on a majority of three servers, so that one may be lost with its disk.
    'platform/provision/streams.json': `${JSON.stringify(streamDefinitions({ replicas: 3 }), undefined, 2)}\n`,
    'components/external-secrets/external-secrets.yaml': externalSecrets(),
  }
}
