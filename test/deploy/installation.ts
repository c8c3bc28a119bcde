import { render } from './render.ts'

export const overlays = ['local', 'self-hosted', 'staging', 'production']

/** An overlay as tests ask it: each rendered once. */
export function installation(overlay: string): Promise<Installation> {
  const known = rendered.get(overlay) ?? render(overlay).then(read)
  rendered.set(overlay, known)
  return known
}

const rendered = new Map<string, Promise<Installation>>()

function read(given: object[]): Installation {
  const objects = given as any[]
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind)
  const find = (kind: string, name: string) => ofKind(kind).find(({ metadata }) => metadata.name === name)
  const get = (kind: string, name: string) => {
    const found = find(kind, name)
    if (!found) throw new Error(`there is no ${kind} ${name}`)
    return found
  }
  const workloads = objects
    .filter(({ kind }) => ['CronJob', 'Deployment', 'Job', 'StatefulSet'].includes(kind))
    .map((object) => {
      const { template } = (object.spec.jobTemplate ?? object).spec
      return {
        name: object.metadata.name as string,
        kind: object.kind as string,
        labels: template.metadata.labels as Record<string, string>,
        pod: template.spec,
        container: template.spec.containers[0],
      }
    })
  return {
    objects,
    ofKind,
    find,
    get,
    workloads,
    /** What a container is given as variables, and as files below CREDENTIALS_DIRECTORY. */
    environmentOf(workload) {
      const { container } = workload
      const variables: Record<string, string> = {}
      for (const { configMapRef } of container.envFrom ?? [])
        Object.assign(variables, get('ConfigMap', configMapRef.name).data)
      for (const { name, value } of container.env ?? []) variables[name] = value
      return { variables, files: filesOf(workload.pod, container, variables.CREDENTIALS_DIRECTORY) }
    },
  }
}

function filesOf(pod: any, container: any, folder: string | undefined): CredentialFile[] {
  const mount = container.volumeMounts.find(({ mountPath }: any) => mountPath === folder)
  const volume = mount && pod.volumes.find(({ name }: any) => name === mount.name)
  if (!volume) return []
  const secrets = volume.secret
    ? [{ ...volume.secret, name: volume.secret.secretName }]
    : volume.projected.sources.map(({ secret }: any) => secret)
  return secrets.flatMap(({ name, items }: any) =>
    (items ?? []).map(({ key, path }: any) => ({ secret: name, key, path })),
  )
}

export interface Installation {
  objects: any[]
  ofKind(kind: string): any[]
  find(kind: string, name: string): any
  get(kind: string, name: string): any
  workloads: Workload[]
  environmentOf(workload: Workload): { variables: Record<string, string>; files: CredentialFile[] }
}

export interface Workload {
  name: string
  kind: string
  labels: Record<string, string>
  pod: any
  container: any
}

export interface CredentialFile {
  secret: string
  key: string
  path: string
}
