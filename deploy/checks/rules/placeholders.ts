import { eachObject } from './rule.ts'
import type { Rule } from './rule.ts'

/** What the base and the components leave for a service or an overlay to say. */
export const placeholderRules: Rule[] = [
  {
    id: 44,
    says: 'whatever a service or an overlay has to say is said',
    check: eachObject(
      ({ objects }) => [...objects],
      (object) => findPlaceholders(object, ''),
    ),
  },
]

function findPlaceholders(value: unknown, path: string): string[] {
  if (typeof value === 'string') return placeholders.test(value) ? [`${path} is ${value}`] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([field, inner]) => findPlaceholders(inner, `${path}/${field}`))
}

/** The name of the base's service, alone or before another word; a host, a release and an address that nobody has. */
const placeholders =
  /^(service|service-(env|migrate|credentials).*|public\.host|.*-release|192\.0\.2\.0\/32)$/
