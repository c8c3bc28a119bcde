import type { NatsConnection } from '@nats-io/transport-node'

/** A request to JetStream for which the client has no method, with the answer as it comes; throws what it complains of. */
export async function askServer(
  nats: NatsConnection,
  subject: string,
  request: string,
): Promise<Record<string, unknown>> {
  // Before it answers, the server reads through all that the stream holds.
  const answer = await nats.request(subject, request, { timeout: 120_000 })
  const { error, ...result } = answer.json<{ error?: { description: string } }>()
  if (error) throw new Error(`${subject}: ${error.description}`)
  return result
}
