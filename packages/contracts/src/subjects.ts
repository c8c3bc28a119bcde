/** Where a procedure is called over NATS. `caller` is a service or `operator`; `*` stands for any. */
export function rpcSubject(service: string, procedure: string, caller: string): string {
  return `rpc.${service}.${procedure}.${caller}`
}

/** Core NATS subject that carries what happens in a conversation, or in a tenant's inbox, to every replica of chat. */
export function liveSubject(tenantId: string, conversationId: string): string {
  return `live.${tenantId}.${conversationId}`
}

/** JetStream stream that holds every event. */
export const eventStream = 'EVENTS'

/** Durable consumer by which one service receives the events of another, in order. */
export function eventConsumer(listener: string, source: string): string {
  return `${listener}-from-${source}`
}
