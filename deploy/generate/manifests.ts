import { streamDefinitions } from '@candor/events/stream-definitions'
import { externalSecrets } from './external-secrets.ts'
import { natsUsersConfig } from './nats-users.ts'

/** Files below deploy/ that follow from the contracts and configurations in the code, by path. */
export function manifests(): Record<string, string> {
  return {
    'platform/nats/users.conf': natsUsersConfig(),
    'platform/provision/streams.json': `${JSON.stringify(streamDefinitions(inCluster), undefined, 2)}\n`,
    'components/external-secrets/external-secrets.yaml': externalSecrets(),
  }
}

/**
 * Each on a majority of three servers, so that one may be lost with its disk. How many conversations fill the event stream is
 * told in docs/operations.md under Capacity; `max_file_store` and the volumes of NATS and of its copies go with it.
 */
const inCluster = { replicas: 3, eventStreamBytesMax: 4 * 1024 ** 3 }
