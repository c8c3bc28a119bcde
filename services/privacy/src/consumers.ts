import type { Listener } from '@candor/events/listener'

/** Privacy reaches the other services by calling them and listens to no event. */
export const privacyListeners: readonly Listener[] = []
