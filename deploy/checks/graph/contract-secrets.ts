import type { Manifest, Tree } from '../manifest.ts'

/**
 * Whether a secret that is in no render will be there: the installation fills those of the contract; an ExternalSecret,
 * a Certificate or a database cluster makes its own.
 */
export function isPromised(tree: Tree, from: Manifest, name: string | undefined, key?: string): boolean {
  const made = tree.objects
    .filter(({ metadata }) => metadata.namespace === from.metadata.namespace)
    .flatMap((object) => madeBy(object))
  return [...made, ...tree.contract].some(
    (secret) => secret.name === name && (key === undefined || !secret.keys || secret.keys.includes(key)),
  )
}

/** The secrets that an object of another kind makes, with their keys where they are known. */
function madeBy({ kind, metadata, spec }: Manifest & { spec?: any }): { name: string; keys?: string[] }[] {
  if (kind === 'ExternalSecret') {
    const keys = (spec.data ?? []).map(({ secretKey }: { secretKey: string }) => secretKey)
    return [{ name: spec.target?.name ?? metadata.name, ...(!spec.dataFrom && { keys }) }]
  }
  if (kind === 'Certificate') return [{ name: spec.secretName, keys: ['tls.crt', 'tls.key', 'ca.crt'] }]
  if (kind === 'Cluster') return [{ name: `${metadata.name}-ca`, keys: ['ca.crt'] }]
  return []
}
