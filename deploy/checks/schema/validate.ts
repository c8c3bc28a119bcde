import type { Manifest } from '../manifest.ts'
import { watchReads } from './watch-reads.ts'

/** What the schema of its kind refuses in an object, and the fields that schema does not know. */
export async function validate(object: Manifest): Promise<string[]> {
  const model = await findModel(object)
  if (!model) return [`${object.apiVersion} ${object.kind}: no schema for this kind`]
  const { watched, unread } = watchReads(object)
  const refused = problemsOf(() => model.prototype.validate.call(watched))
  return [...refused, ...unread().map((path) => `${path} is no field of it`)]
}

async function findModel({ apiVersion, kind }: Manifest): Promise<Model | undefined> {
  const [group] = apiVersion.split('/')
  const path = `${packages[group!] ?? 'kubernetes-models'}/${apiVersion}/${kind}`
  const found = await import(path).catch((error) => {
    if (!['ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_MODULE_NOT_FOUND'].includes(error.code)) throw error
  })
  return found?.[kind]
}

function problemsOf(check: () => void): string[] {
  try {
    check()
    return []
  } catch (error) {
    const { errors } = error as { errors?: Problem[] }
    if (!errors) throw error
    return errors.map(({ instancePath, keyword, message, params }) =>
      `${instancePath || '/'} ${message ?? `${keyword} ${JSON.stringify(params)}`}`.trim(),
    )
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

interface Model {
  prototype: { validate(): void }
}

interface Problem {
  instancePath: string
  keyword: string
  message?: string
  params: unknown
}
