import type { Change } from './good-tree.ts'

/** What the rules that keep a service answering must find. */
export const availabilityFaults: [rule: number, what: string, change: Change][] = [
  [25, 'no startup probe', (the) => delete container(the).startupProbe],
  [25, 'no probe and a port without a name', noStartupProbe],
  [25, 'liveness that asks for readiness', (the) => (container(the).livenessProbe.httpGet.path = '/readyz')],
  [
    25,
    'a probe of a port that is not there',
    (the) => (container(the).readinessProbe.httpGet.port = 'admin'),
  ],
  [48, 'two tries to start', (the) => (container(the).startupProbe.failureThreshold = 2)],
  [
    48,
    'a restart for one late answer',
    (the) => Object.assign(container(the).livenessProbe, { periodSeconds: 10, failureThreshold: 1 }),
  ],
  [48, 'calls for a pod that is long not ready', (the) => (container(the).readinessProbe.periodSeconds = 60)],
  [
    26,
    'a roll-out that is given up before a pod can be ready',
    (the) => (the('Deployment').spec.progressDeadlineSeconds = 30),
  ],
  [26, 'a pod that is asked too late', (the) => (container(the).readinessProbe.initialDelaySeconds = 600)],
  [26, 'a roll-out that stands still', (the) => (the('Deployment').spec.paused = true)],
  [26, 'a roll-out without a way back', (the) => (the('Deployment').spec.revisionHistoryLimit = 0)],
  [26, 'a pod that is taken for well at once', (the) => delete the('Deployment').spec.minReadySeconds],
  [26, 'a roll-out with a gap', (the) => (the('Deployment').spec.strategy.rollingUpdate.maxUnavailable = 1)],
  [26, 'a replacement at once', (the) => (the('Deployment').spec.strategy = { type: 'Recreate' })],
  [27, 'a single pod', (the) => (the('HorizontalPodAutoscaler').spec.minReplicas = 1)],
  [27, 'two counts of the same pods', (the) => (the('Deployment').spec.replicas = 3)],
  [27, 'a single broker', (the) => (the('StatefulSet', 'broker').spec.replicas = 1)],
  [28, 'no disruption budget', (_the, objects) => remove(objects, 'PodDisruptionBudget', 'cart')],
  [
    28,
    'a budget that waits for the broken',
    (the) => delete the('PodDisruptionBudget', 'broker').spec.unhealthyPodEvictionPolicy,
  ],
  [28, 'a budget without a way out', (the) => (the('PodDisruptionBudget').spec.maxUnavailable = 0)],
  [29, 'pods on one node', (the) => delete pod(the).affinity],
  [
    29,
    'a spread that counts others',
    (the) =>
      (pod(the).topologySpreadConstraints[0].labelSelector.matchLabels = { 'app.kubernetes.io/name': 'cat' }),
  ],
  [
    29,
    'a spread over what no node has',
    (the) => (pod(the).topologySpreadConstraints[0].topologyKey = 'topology.kubernetes.io/zones'),
  ],
  [28, 'a second budget', (the, objects) => objects.push(structuredClone(the('PodDisruptionBudget')))],
  [30, 'no urgency', (the) => delete pod(the).priorityClassName],
  [30, 'a class that is not there', (the) => (pod(the).priorityClassName = 'shops')],
  [30, "a class for everybody's pods", (the) => (the('PriorityClass', 'shop').globalDefault = true)],
  [30, "a class of the cluster's own", (the) => (the('PriorityClass', 'shop').value = 2_000_000_000)],
  [30, 'data that gives way to those who use it', lessUrgentData],
  [31, 'a scaler without room', (the) => (the('HorizontalPodAutoscaler').spec.maxReplicas = 2)],
  [31, 'a scaler of nothing', (the) => (the('HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'carts')],
  [
    31,
    'a scaler of what was called so once',
    (the) => (the('HorizontalPodAutoscaler').spec.scaleTargetRef.apiVersion = 'extensions/v1beta1'),
  ],
  [
    32,
    'a stateful set that waits for a hand',
    (the) => (the('StatefulSet', 'broker').spec.updateStrategy = { type: 'OnDelete' }),
  ],
  [
    32,
    'a stateful set of which some stay behind',
    (the) => (the('StatefulSet', 'broker').spec.updateStrategy = { rollingUpdate: { partition: 3 } }),
  ],
  [32, 'a service that is not headless', (the) => delete the('Service', 'broker').spec.clusterIP],
  [
    32,
    'a disk without a size',
    (the) => delete the('StatefulSet', 'broker').spec.volumeClaimTemplates[0].spec.resources,
  ],
  [33, 'a Job that stays', (the) => delete the('Job', 'cart-migrate').spec.ttlSecondsAfterFinished],
  [
    33,
    'a Job that nobody can look at',
    (the) => (the('Job', 'cart-migrate').spec.ttlSecondsAfterFinished = 0),
  ],
  [33, 'a Job that waits', (the) => (the('Job', 'cart-migrate').spec.suspend = true)],
  [33, 'two of a Job at once', (the) => (the('Job', 'cart-migrate').spec.parallelism = 2)],
  [33, 'a Job that tries once', (the) => (the('Job', 'cart-migrate').spec.backoffLimit = 0)],
  [33, 'a Job that never gives up', (the) => delete the('Job', 'cart-migrate').spec.activeDeadlineSeconds],
  [
    33,
    'a schedule without a deadline',
    (the) => delete the('CronJob', 'nightly').spec.startingDeadlineSeconds,
  ],
  [
    34,
    'a process that goes on answering for too long',
    (the) => (the('ConfigMap', 'cart-env').data.DRAIN_AFTER_MS = '10000'),
  ],
  [34, 'an end before the balancer knows', (the) => delete container(the).lifecycle],
  [51, 'a pod of one node', (the) => (pod(the).nodeName = 'node-1')],
  [51, 'a pod that waits for another scheduler', (the) => (pod(the).schedulerName = 'mine')],
  [51, 'a service with an end', (the) => (pod(the).activeDeadlineSeconds = 3600)],
  [51, "names of the node's", (the) => (pod(the).dnsPolicy = 'Default')],
  [51, 'a service that ends', (the) => (pod(the).restartPolicy = 'Never')],
  [
    51,
    'a Job without an end',
    (the) => (the('Job', 'cart-migrate').spec.template.spec.restartPolicy = 'Always'),
  ],
  [34, 'an end that is cut short', (the) => (pod(the).terminationGracePeriodSeconds = 30)],
]

const pod = (the: The) => the('Deployment').spec.template.spec
const container = (the: The) => pod(the).containers[0]

/** Two things that are not there are not the same thing. */
function noStartupProbe(the: The) {
  delete container(the).startupProbe
  container(the).ports.push({ containerPort: 9091 })
}

function lessUrgentData(the: The, objects: object[]) {
  objects.push({ ...the('PriorityClass', 'shop'), metadata: { name: 'later' }, value: 1 })
  the('StatefulSet', 'broker').spec.template.spec.priorityClassName = 'later'
}

function remove(objects: { kind: string; metadata: { name: string } }[], kind: string, name: string) {
  objects.splice(
    objects.findIndex((object) => object.kind === kind && object.metadata.name === name),
    1,
  )
}

type The = Parameters<Change>[0]
