import { durablePost } from './durable-post.ts'
import type { Measurement } from './figure.ts'
import { httpDoor } from './http-door.ts'
import { liveConnections } from './live-connections.ts'
import { postToDeliver } from './post-to-deliver.ts'
import { serviceCall } from './service-call.ts'

/** All that is measured, in the order in which it is. */
export const measurements: readonly Measurement[] = [
  durablePost,
  postToDeliver,
  serviceCall,
  httpDoor,
  liveConnections,
]
