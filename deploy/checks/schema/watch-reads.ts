/**
 * An object that remembers which of its fields were read. A compiled schema asks for every field it knows and lets
 * others pass; so what it never asked for is a field it does not know.
 */
export function watchReads<T extends object>(object: T): { watched: T; unread: () => string[] } {
  const seen: Seen[] = []
  return {
    watched: watch(object, '', seen) as T,
    unread: () =>
      seen
        // Where nothing is asked for, the schema says nothing of the fields: they are free.
        .filter(({ asked }) => asked.size > 0)
        .flatMap(({ value, path, asked }) =>
          Object.keys(value)
            .filter((field) => !asked.has(field))
            .map((field) => `${path}/${field}`),
        ),
  }
}

function watch(value: unknown, path: string, seen: Seen[]): unknown {
  if (value === null || typeof value !== 'object') return value
  const asked = new Set<string>()
  const inner = new Map<string, unknown>()
  if (!Array.isArray(value)) seen.push({ value, path, asked })
  return new Proxy(value, {
    get(target, field) {
      if (typeof field !== 'string') return Reflect.get(target, field)
      asked.add(field)
      if (!Object.hasOwn(target, field)) return Reflect.get(target, field)
      if (!inner.has(field)) inner.set(field, watch(Reflect.get(target, field), `${path}/${field}`, seen))
      return inner.get(field)
    },
  })
}

interface Seen {
  readonly value: object
  readonly path: string
  readonly asked: Set<string>
}
