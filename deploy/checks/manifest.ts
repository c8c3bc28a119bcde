import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute'
import type { ICluster } from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1/Cluster'
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway'
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject'
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor'
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor'
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment'
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet'
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler'
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob'
import type { IJob } from 'kubernetes-models/batch/v1/Job'
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import type { IContainer } from 'kubernetes-models/v1/Container'
import type { INamespace } from 'kubernetes-models/v1/Namespace'
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec'
import type { ISecret } from 'kubernetes-models/v1/Secret'
import type { IService } from 'kubernetes-models/v1/Service'
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount'

/** What one overlay renders, with the pods found in it, and the secrets that somebody else fills. */
export function readTree(overlay: string, objects: Manifest[], contract: ContractSecret[] = []): Tree {
  const workloads = objects.flatMap(findWorkload)
  const pods = [...workloads, ...clusters({ objects }).flatMap(podsOfCluster)]
  return { overlay, objects, contract, workloads, pods }
}

/** CloudNativePG's. */
export function clusters({ objects }: Pick<Tree, 'objects'>): (ICluster & Manifest)[] {
  return objects.filter(
    ({ kind, apiVersion }) => kind === 'Cluster' && apiVersion.includes('cnpg'),
  ) as (ICluster & Manifest)[]
}

/** The objects of one kind. */
export function ofKind<K extends keyof Kinds>(tree: Tree, kind: K): (Kinds[K] & Manifest)[] {
  return tree.objects.filter((object) => object.kind === kind) as (Kinds[K] & Manifest)[]
}

export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`
}

function findWorkload(object: Manifest): Workload[] {
  const template = findTemplate(object)
  if (!template?.spec) return []
  const pod = template.spec
  const init = pod.initContainers ?? []
  return [
    {
      object,
      isLasting: object.kind === 'Deployment' || object.kind === 'StatefulSet',
      labels: template.metadata?.labels ?? {},
      pod,
      ports: [...init, ...pod.containers].flatMap(({ ports = [] }) => ports),
      containers: [...init, ...pod.containers],
      // An init container that restarts lives as long as the pod: a sidecar.
      living: [...init.filter(({ restartPolicy }) => restartPolicy === 'Always'), ...pod.containers],
    },
  ]
}

/**
 * CloudNativePG makes the pods of a Cluster, with these labels and ports. Those of the Jobs by which it makes and clones
 * instances inherit no labels.
 */
function podsOfCluster(object: ICluster & Manifest): Pods[] {
  const labels = { [ofCluster]: object.metadata.name }
  return [
    {
      object,
      labels: { ...object.spec.inheritedMetadata?.labels, ...labels },
      ports: [
        { name: 'postgresql', containerPort: 5432 },
        { name: 'status', containerPort: 8000 },
        { name: 'metrics', containerPort: 9187 },
      ],
    },
    { object, labels: { ...labels, 'cnpg.io/jobRole': 'join' }, ports: [] },
  ]
}

/** The label by which CloudNativePG knows all pods of a Cluster. */
export const ofCluster = 'cnpg.io/cluster'

function findTemplate(object: Manifest) {
  if (object.kind === 'CronJob') return (object as unknown as ICronJob).spec?.jobTemplate.spec?.template
  if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind)) return undefined
  return (object as unknown as IDeployment).spec?.template
}

export interface Tree {
  readonly overlay: string
  readonly objects: readonly Manifest[]
  readonly workloads: readonly Workload[]
  /** Those of the workloads, and those that an operator makes. */
  readonly pods: readonly Pods[]
  readonly contract: readonly ContractSecret[]
}

/** A secret that is in no render: the installation fills it. */
export interface ContractSecret {
  readonly name: string
  readonly keys: readonly string[]
}

/** An object as it is rendered, before anything is known of its kind. */
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: {
    name: string
    namespace?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
  }
}

/** Pods as others see them. */
export interface Pods {
  readonly object: Manifest
  readonly labels: Record<string, string>
  readonly ports: readonly { readonly name?: string; readonly containerPort: number }[]
}

/** An object that says what its pods are. */
export interface Workload extends Pods {
  /** Its pods live on: not those of a Job. */
  readonly isLasting: boolean
  readonly pod: IPodSpec
  readonly containers: readonly IContainer[]
  /** Its containers less those that run once before the others. */
  readonly living: readonly IContainer[]
}

interface Kinds {
  ConfigMap: IConfigMap
  CronJob: ICronJob
  Deployment: IDeployment
  Gateway: IGateway
  HTTPRoute: IHTTPRoute
  HorizontalPodAutoscaler: IHorizontalPodAutoscaler
  Ingress: IIngress
  Job: IJob
  Namespace: INamespace
  NetworkPolicy: INetworkPolicy
  PodDisruptionBudget: IPodDisruptionBudget
  PodMonitor: IPodMonitor
  ScaledObject: IScaledObject
  Secret: ISecret
  Service: IService
  ServiceAccount: IServiceAccount
  ServiceMonitor: IServiceMonitor
  StatefulSet: IStatefulSet
}
