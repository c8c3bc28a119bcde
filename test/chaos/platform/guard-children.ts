import { guard } from '@candor/local/processes/guard'

/** Notes the process by which a part runs just now. Should we die, it ends with us; `folder` goes then too. */
export function guardChild(folder: string): Guarded {
  const running = new Map<number, () => Promise<void>>()
  return {
    add: (pid) => void running.set(pid, guard({ pid, folder })),
    remove(pid) {
      void running.get(pid)?.()
      running.delete(pid)
    },
    pid: () => [...running.keys()].at(-1),
  }
}

export interface Guarded {
  add(pid: number): void
  remove(pid: number): void
  /** Undefined while it is being started again. */
  pid(): number | undefined
}
