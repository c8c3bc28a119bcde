import { V7Generator } from 'uuidv7'
import type { Clock } from './clock.ts'

/** Makes UUIDs of version 7 (RFC 9562) from business time: they sort by creation and tell their month. */
export type NewId = () => string

export function idGenerator(clock: Clock): NewId {
  const generator = new V7Generator()
  return () => generator.generateOrResetCore(clock.now().getTime(), 10_000).toString()
}
