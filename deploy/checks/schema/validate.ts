import type { Manifest } from '../manifest.ts'
import { watchReads } from './watch-reads.ts'

/** What the schema of its kind refuses in an object, and the fields that schema does not know. */
export async function validate(object: Manifest): Promise<string[]> {
  const model = await findModel(object)
  if (!model) return [`${object.apiVersion} ${object.kind}: no schema for this kind`]
  const { watched, unread } = watchReads(object)
  const refused = problemsOf(() => model.prototype.validate.call(watched))
  const unknown = unread().filter((path) => !left.has(`${object.kind}${path}`))
  return [...refused, ...unknown.map((path) => `${path} is no field of it`)]
}

async function findModel({ apiVersion, kind }: Manifest): Promise<Model | undefined> {
  const [group = ''] = apiVersion.split('/')
  const models = packages[group]
  // Kubernetes' own betas are gone, though their schemas are still to be had.
  if (!models && !/v\d+$/.test(apiVersion)) return undefined
  const found = await import(`${models ?? 'kubernetes-models'}/${apiVersion}/${kind}`).catch(() => undefined)
  return found?.[kind]
}

function problemsOf(check: () => void): string[] {
  try {
    check()
    return []
  } catch (error) {
    const { errors } = error as { errors?: Problem[] }
    if (!errors) throw error
    return errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  }
}

/** Which package knows the kinds of a group; those of Kubernetes itself are in the other one. */
const packages: Record<string, string> = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
}

/** Fields that a schema has and its package left out. */
const left = new Set(['PriorityClass/description'])

interface Model {
  prototype: { validate(): void }
}

interface Problem {
  instancePath: string
  message: string
}
