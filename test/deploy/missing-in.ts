import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from '@candor/local/config'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { isPlaceholder } from './kubectl-command.ts'
import type { Command } from './kubectl-command.ts'

/** What a command names that no overlay in its namespace has. */
export function missingIn(overlays: readonly Overlay[], command: Command): string[] {
  const { options } = command
  const folder = options['-k'] ?? (command.verb === 'kustomize' ? command.named[0] : undefined)
  if (folder !== undefined && !existsSync(join(rootDir, folder, 'kustomization.yaml')))
    return [`folder ${folder}`]
  const here = overlays.filter(({ name, namespace }) =>
    folder ? folder.endsWith(`/${name}`) : (options['-n'] ?? 'NS') === 'NS' || options['-n'] === namespace,
  )
  if (here.length === 0) return others.has(options['-n']!) ? [] : [`namespace ${options['-n']}`]
  const objects = here.flatMap((overlay) => overlay.objects)
  return [
    ...namesIn(command)
      .filter(({ kind, name }) => !isPlaceholder(name) && !isThere(objects, kind, name))
      .map(({ kind, name }) => `${kind} ${name}`),
    ...labelsIn(options['-l'])
      .filter(([label, values]) => !objects.some((object) => isLabelled(object, label, values)))
      .map(([label, values]) => `label ${label} ${values.join(' or ')}`),
    ...(options['-c'] === undefined || containersOf(objects).has(options['-c'])
      ? []
      : [`container ${options['-c']}`]),
  ]
}

/** Namespaces of others that a page speaks of. */
const others = new Set(['default', 'ingress-nginx'])

/** Kinds by the words that kubectl knows them by; of other kinds no name is looked up. */
const kinds: Record<string, string> = {
  certificate: 'Certificate',
  deploy: 'Deployment',
  deployment: 'Deployment',
  hpa: 'HorizontalPodAutoscaler',
  pod: 'pod',
  pvc: 'claim',
  secret: 'Secret',
  statefulset: 'StatefulSet',
  svc: 'Service',
}

function namesIn({ verb, named }: Command): { kind: string; name: string }[] {
  if (verb === 'kustomize') return []
  const inOne = named.filter((word) => word.includes('/')).map((word) => word.split('/') as [string, string])
  if (inOne.length > 0)
    return inOne.flatMap(([kind, name]) => (kinds[kind] ? [{ kind: kinds[kind], name }] : []))
  const [first, ...names] = named
  if (verb === 'logs' || verb === 'exec') return first ? [{ kind: 'pod', name: first }] : []
  if (verb === 'create' || verb === 'label') return []
  const kind = kinds[first ?? '']
  return kind ? names.map((name) => ({ kind, name })) : []
}

function isThere(objects: readonly any[], kind: string, name: string): boolean {
  const has = (wanted: string, called: string) =>
    objects.some((object) => object.kind === wanted && object.metadata.name === called)
  // A StatefulSet numbers its pods, and its claim is named by template and pod.
  if (kind === 'pod') return has('StatefulSet', name.replace(/-\d+$/, ''))
  if (kind === 'claim')
    return (
      has('PersistentVolumeClaim', name) ||
      objects.some(({ spec, metadata }) =>
        spec?.volumeClaimTemplates?.some(
          (claim: any) => `${claim.metadata.name}-${metadata.name}` === name.replace(/-\d+$/, ''),
        ),
      )
    )
  // CloudNativePG makes one that leads to the server that is written to.
  if (kind === 'Service' && name.endsWith('-rw') && has('Cluster', name.slice(0, -3))) return true
  if (kind === 'Secret') return contractSecrets.some((secret) => secret.name === name)
  return has(kind, name)
}

function labelsIn(selector = ''): [label: string, values: string[]][] {
  return [...selector.matchAll(/([\w./-]+)(?:=([\w.-]+)| in \(([^)]*)\))/g)].map(
    ([, label, one, several]) => [label!, one ? [one] : several!.split(',').map((value) => value.trim())],
  )
}

function isLabelled(object: any, label: string, values: readonly string[]): boolean {
  return [object.metadata.labels, object.spec?.template?.metadata?.labels].some((labels) =>
    values.includes(labels?.[label]),
  )
}

function containersOf(objects: readonly any[]): Set<string> {
  return new Set(
    objects.flatMap(({ spec }) => spec?.template?.spec?.containers?.map(({ name }: any) => name) ?? []),
  )
}

export interface Overlay {
  readonly name: string
  readonly namespace: string
  readonly objects: readonly unknown[]
}
