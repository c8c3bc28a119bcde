/** A value of objects, lists, strings and numbers as YAML. Strings are written as JSON, which YAML reads. */
export function toYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value))
    return value.map((one) => `${indent}- ${toYaml(one, `${indent}  `).trimStart()}`).join('')
  if (typeof value !== 'object' || value === null) return `${JSON.stringify(value)}\n`
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([key, child]) => {
      const isNested = typeof child === 'object' && child !== null
      return `${indent}${key}:${isNested ? '\n' : ' '}${toYaml(child, isNested ? `${indent}  ` : '')}`
    })
    .join('')
}
