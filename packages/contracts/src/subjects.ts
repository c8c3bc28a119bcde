/** Where a procedure is called over NATS. `caller` is a service or `operator`; `*` stands for any. */
export function rpcSubject(service: string, procedure: string, caller: string): string {
  return `rpc.${service}.${procedure}.${caller}`
}

/**
 * Where `service` answers one call, in the private inbox of the connection that made it. It stands in the subject, so
 * that a service can answer what it was asked and nothing that another was asked.
 */
export function answerSubject(inbox: string, service: string, call: string): string {
  return `${inbox}.${service}.${call}`
}

/** Core NATS subject that carries what happens in a conversation, or in a tenant's inbox, to every replica of chat. */
export function liveSubject(tenantId: string, conversationId: string): string {
  return `live.${tenantId}.${conversationId}`
}

/** JetStream stream that holds every event. */
export const eventStream = 'EVENTS'

/** Key-value bucket by which privacy hands every service the rules of each tenant, and the stream that stores it. */
export const policyBucket = 'policies'
export const policyStream = `KV_${policyBucket}`

/** Where the rules of one tenant are put, or of all with `*`. */
export function policySubject(tenantId: string): string {
  return `$KV.${policyBucket}.${tenantId}`
}

/** JetStream stream that holds, as hashes, who was erased: what restored databases learn it from. */
export const ledgerStream = 'ERASURES'

/** Where one entry of the ledger stands, or all of a tenant with `*`. */
export function ledgerSubject(tenantId: string, entryId: string): string {
  return `erasures.${tenantId}.${entryId}`
}

/** Says that the ledger holds all that privacy knows: written after a stream that was lost is filled again. */
export const ledgerCompleteSubject = 'erasures.complete'

/** Durable consumer by which one service receives the events of another, in order. */
export function eventConsumer(listener: string, source: string): string {
  return `${listener}-from-${source}`
}
