import { doors } from './doors.ts'
import { durablePost } from './durable-post.ts'
import type { Measurement } from './figure.ts'
import { postToDeliver } from './post-to-deliver.ts'

/** All that is measured, in the order in which it is. */
export const measurements: readonly Measurement[] = [durablePost, postToDeliver, doors]
