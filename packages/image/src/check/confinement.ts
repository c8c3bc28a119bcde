import { existsSync, readFileSync } from 'node:fs'

/** In what the process of a container is freer than it should be, as the kernel tells; its answers, not our flags. */
export function freedoms(pid: number, { uid, memoryBytes }: { uid: number; memoryBytes: number }): string[] {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(status)?.[1]
  const found = {
    'another user': field('Uid') === Array(4).fill(uid).join('\t'),
    'a capability': /^0+$/.test(field('CapEff') ?? '') && /^0+$/.test(field('CapBnd') ?? ''),
    'a way to new privileges': field('NoNewPrivs') === '1',
    'any system call': field('Seccomp') === '2',
    'a root it can write to': isRootReadOnly(readFileSync(`/proc/${pid}/mountinfo`, 'utf8')),
    'more memory than its limit': memoryLimit(pid) === memoryBytes,
  }
  return Object.entries(found)
    .filter(([, isConfined]) => !isConfined)
    .map(([what]) => what)
}

/** What a process holds in memory. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

function isRootReadOnly(mounts: string): boolean {
  const root = mounts.split('\n').find((line) => line.split(' ')[4] === '/')
  return root?.split(' ')[5]?.split(',').includes('ro') ?? false
}

/** In the control groups of either version. */
function memoryLimit(pid: number): number {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
  const path = /^\d+:memory:(.+)$/m.exec(groups)?.[1]
  const file = path
    ? `/sys/fs/cgroup/memory${path}/memory.limit_in_bytes`
    : `/sys/fs/cgroup${/^0::(.+)$/m.exec(groups)?.[1]}/memory.max`
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN
}
