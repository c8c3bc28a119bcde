import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Cookie } from '@candor/contracts/policy/policy'

/**
 * All that consent lets stand on the device, by the business's own cookie register: what is not declared there is never
 * set, and what a purpose has set goes with it.
 */
export function createDevice(register: readonly Cookie[]) {
  const find = (kind: Cookie['kind'], storage: Cookie['storage']) =>
    register.find((one) => one.kind === kind && one.storage === storage)

  return {
    /** Deletes whatever belongs to a purpose that is not given, whoever on this site has set it. */
    keepOnly(given: readonly ConsentPurpose[]): void {
      for (const cookie of register)
        if (cookie.kind !== 'essential' && !given.includes(cookie.kind)) remove(cookie)
    },
    readCookie(kind: Cookie['kind']): string | null {
      const cookie = find(kind, 'cookie')
      const pair = cookie && document.cookie.split('; ').find((one) => one.startsWith(`${cookie.name}=`))
      return pair ? decodeURIComponent(pair.slice(pair.indexOf('=') + 1)) : null
    },
    writeCookie(kind: Cookie['kind'], value: string): void {
      const cookie = find(kind, 'cookie')
      if (!cookie) return
      const lasting = cookie.lifetime ? `; expires=${lastingUntil(cookie.lifetime).toUTCString()}` : ''
      const secure = location.protocol === 'https:' ? '; secure' : ''
      document.cookie = `${cookie.name}=${encodeURIComponent(value)}; path=/; samesite=lax${lasting}${secure}`
    },
    readName(): string | null {
      const entry = find('remember-me', 'local-storage')
      try {
        const kept = JSON.parse((entry && localStorage.getItem(entry.name)) ?? 'null') as Remembered | null
        return kept && Date.parse(kept.until) > Date.now() ? kept.name : null
      } catch {
        return null
      }
    },
    writeName(name: string): void {
      const entry = find('remember-me', 'local-storage')
      if (!entry) return
      const kept: Remembered = { name, until: lastingUntil(entry.lifetime).toISOString() }
      localStorage.setItem(entry.name, JSON.stringify(kept))
    },
    /** How long a choice stands before it is asked again. */
    choiceUntil: () =>
      lastingUntil(register.find(({ name }) => name.startsWith('candor.consent'))?.lifetime ?? null),
  }
}

export type Device = ReturnType<typeof createDevice>

interface Remembered {
  name: string
  until: string
}

function lastingUntil(lifetime: Cookie['lifetime']): Date {
  const { years = 0, months = 0, days = 0 } = lifetime ?? { months: 6 }
  const end = new Date()
  end.setMonth(end.getMonth() + years * 12 + months, end.getDate() + days)
  return end
}

/** A register name that ends in `*` stands for all that begin so. */
function remove({ name, storage }: Cookie): void {
  const isMeant = (key: string) => (name.endsWith('*') ? key.startsWith(name.slice(0, -1)) : key === name)
  if (storage === 'cookie') {
    const names = document.cookie.split('; ').map((pair) => pair.slice(0, pair.indexOf('=')))
    for (const key of names.filter(isMeant)) document.cookie = `${key}=; path=/; max-age=0`
    return
  }
  try {
    const store = storage === 'local-storage' ? localStorage : sessionStorage
    for (const key of Object.keys(store).filter(isMeant)) store.removeItem(key)
  } catch {
    // Where nothing may be stored nothing is there to delete.
  }
}
