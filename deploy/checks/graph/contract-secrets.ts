import type { Manifest, Tree } from '../manifest.ts'

/**
 * Whether a secret that is in no render will be there: the platform fills those of the contract, an ExternalSecret or
 * a Certificate makes its own.
 */
export function isPromised(tree: Tree, from: Manifest, name = '', key?: string): boolean {
  const maker = tree.objects.find(
    (object) => object.metadata.namespace === from.metadata.namespace && madeBy(object)?.name === name,
  )
  const made = maker && madeBy(maker)
  if (made) return key === undefined || made.keys === undefined || made.keys.includes(key)
  return contract.test(name)
}

/** The secret that an object of another kind makes, with its keys where they are known. */
function madeBy({ kind, spec }: Manifest & { spec?: any }): { name: string; keys?: string[] } | undefined {
  if (kind === 'ExternalSecret') {
    const keys = (spec.data ?? []).map(({ secretKey }: { secretKey: string }) => secretKey)
    return { name: spec.target?.name, ...(!spec.dataFrom && { keys }) }
  }
  if (kind === 'Certificate') return { name: spec.secretName, keys: ['tls.crt', 'tls.key', 'ca.crt'] }
  return undefined
}

/** Names that the contract with the platform promises. */
const contract = /^([a-z0-9-]+-credentials|nats-(server-)?tls)$/
