/**
 * Who can call: nobody in particular, a visitor of a tenant's site, staff of a tenant by role, a data subject who
 * has proven an address, or another service.
 */
export const services = ['identity', 'chat', 'billing', 'transcripts', 'privacy'] as const
export const roles = ['owner', 'admin', 'agent'] as const

export type ServiceName = (typeof services)[number]
export type Role = (typeof roles)[number]

/** `operator` is the person at the command line: parked events, provisioning, checks. */
export type CallingService = ServiceName | 'operator'
export type CallerKind = 'anyone' | 'visitor' | 'subject' | Role | CallingService

export type Caller =
  | { readonly kind: 'anyone' }
  | {
      readonly kind: 'visitor'
      readonly tenantId: string
      readonly visitorId: string
      readonly sessionId: string
    }
  | {
      readonly kind: 'staff'
      readonly tenantId: string
      readonly userId: string
      readonly role: Role
      readonly sessionId: string
      /** Has to acknowledge the privacy briefing before personal data is opened again. */
      readonly isUnbriefed?: boolean
    }
  | { readonly kind: 'subject'; readonly tenantId: string; readonly requestId: string }
  | { readonly kind: 'service'; readonly service: CallingService }

export const anyone = ['anyone'] as const
export const visitor = ['visitor'] as const
export const staff = roles
export const admins = ['owner', 'admin'] as const
export const owner = ['owner'] as const
export const visitorOrStaff = ['visitor', ...roles] as const
export const subject = ['subject'] as const

/** The shape of caller that a word of `access` stands for. */
export type CallerOfKind<K extends CallerKind> = K extends Role
  ? Extract<Caller, { kind: 'staff' }>
  : K extends CallingService
    ? Extract<Caller, { kind: 'service' }>
    : Extract<Caller, { kind: K }>

export function isService(kind: CallerKind): kind is CallingService {
  return kind === 'operator' || (services as readonly string[]).includes(kind)
}

/** The word by which a contract's `access` names this caller. */
export function callerKind(caller: Caller): CallerKind {
  if (caller.kind === 'staff') return caller.role
  if (caller.kind === 'service') return caller.service
  return caller.kind
}
