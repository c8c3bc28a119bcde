import type { Caller } from '@candor/contracts/callers'

export type Staff = Extract<Caller, { kind: 'staff' }>
