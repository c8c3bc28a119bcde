import { services } from '@candor/contracts/callers'
import type { Severity } from './levels.ts'

export interface Alert {
  readonly name: string
  readonly severity: Severity
  readonly expr: string
  /** How long it has to be so. */
  readonly for: string
  readonly summary: string
}

export const minutes = (count: number) => `${count}m`
export const hour = 3_600
export const day = 24 * hour

/** The services that have a database and listen to events. */
export const stateful = services.join('|')
export const everyService = [...services, 'web']
