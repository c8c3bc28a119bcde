import { JetStreamApiError } from '@nats-io/jetstream'

/** Whether the stream or consumer that was asked for is there; throws what else is complained of, such as silence. */
export function isFound(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    (err: unknown) => {
      ifNotFound(err)
      return false
    },
  )
}

/** For `catch`: nothing where it is not there. */
export function ifNotFound(err: unknown): undefined {
  if (!isNotFound(err)) throw err
}

export function isNotFound(err: unknown): boolean {
  return err instanceof JetStreamApiError && notFound.has(err.code)
}

/** A consumer, a stream. */
const notFound = new Set([10014, 10059])
