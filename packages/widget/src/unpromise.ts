/**
 * In the place of tRPC's own, which keeps races against a promise that lives long from piling up on it. The widget's
 * stream races each read against a timer of its own, once: the browser's race leaves nothing behind there.
 */
export const Unpromise = Promise
