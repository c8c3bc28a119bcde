import { setTimeout as delay } from 'node:timers/promises'
import { describeExit } from '@candor/local/processes/child'
import { spreadMs } from './start-replicas.ts'
import type { Replica, Replicas } from './start-replicas.ts'

/**
 * Exchanges a replica for another as a roll-out does that may have none unavailable: one more, and then one less. The
 * balancer learns late of the one that goes. Answers the new one, and how the old one ended unless well.
 */
export async function roll(replicas: Replicas, old: Replica): Promise<{ next: Replica; problem?: string }> {
  const { door, child } = old
  const balancer = replicas.balancers[door]
  const next = await replicas.startReplica(door)
  balancer.add(next.port)
  process.kill(child.pid, 'SIGTERM')
  await delay(spreadMs)
  balancer.remove(old.port)
  const exit = await child.exited
  return exit.code === 0 ? { next } : { next, problem: `${door} ended with ${describeExit(exit)}` }
}
