import { readdirSync, readFileSync } from 'node:fs'

/** CPU time that a process has used, with that of its children where wanted. Linux tells it by 10 ms. */
export function cpuMs(pid: number, options: { withChildren?: boolean } = {}): number {
  const own = statOf(pid)
  if (!own) return 0
  if (!options.withChildren) return own.ticks * msPerTick
  const living = childrenOf(pid).reduce((ticks, child) => ticks + (statOf(child)?.ticks ?? 0), 0)
  return (own.ticks + own.endedTicks + living) * msPerTick
}

/** Memory that a process holds. */
export function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
}

/** Linux counts in hundredths of a second on every platform that Node runs on. */
const msPerTick = 10

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => statOf(child)?.parent === pid)
}

function statOf(pid: number): Stat | undefined {
  try {
    // The name in the second field may hold anything; it ends with the last parenthesis.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    const [own, ownSystem, ended, endedSystem] = fields.slice(11, 15).map(Number) as [
      number,
      number,
      number,
      number,
    ]
    return { parent: Number(fields[1]), ticks: own + ownSystem, endedTicks: ended + endedSystem }
  } catch {
    return undefined
  }
}

interface Stat {
  parent: number
  ticks: number
  /** Of children that have ended. */
  endedTicks: number
}
