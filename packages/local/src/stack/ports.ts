import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { freePorts } from '../processes/free-port.ts'

/** A free loopback port for each part; those of the last start again where they are still free. */
export async function choosePorts(dataDir: string): Promise<Ports> {
  const path = join(dataDir, 'ports.json')
  const last: Record<string, number> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const chosen = await freePorts(
    names.length,
    names.map((name) => last[name]),
  )
  const ports = Object.fromEntries(names.map((name, index) => [name, chosen[index]!])) as Ports
  writeFileSync(path, JSON.stringify(ports, undefined, 2))
  return ports
}

const doors = [...services, 'web'] as const
const names = [
  ...(['postgres', 'nats', 'smtp', 'mail', 'payments', 'chatMail'] as const),
  ...doors.flatMap((name) => [`${name}Http`, `${name}Operations`] as const),
]

export type Ports = Readonly<Record<(typeof names)[number], number>>
export type Door = ServiceName | 'web'
