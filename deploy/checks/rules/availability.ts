import type { IJobSpec } from 'kubernetes-models/batch/v1/JobSpec'
import type { IProbe } from 'kubernetes-models/v1/Probe'
import { nameOf, ofKind } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { findVariable, selectedBy, selects } from '../select.ts'
import { readScalers, replicasOf } from './scalers.ts'
import { eachLasting, eachObject, eachWorkload } from './rule.ts'
import type { Rule } from './rule.ts'

/** What keeps a service answering while its pods come and go. */
export const availabilityRules: Rule[] = [
  {
    id: 25,
    says: 'a container tells on a declared port when it started, lives and is ready, the last two apart',
    check: eachLasting(({ living }) =>
      living.flatMap(({ name, startupProbe, livenessProbe, readinessProbe, ports = [] }) => {
        const places = [startupProbe, livenessProbe, readinessProbe].map((probe) => placeOf(probe))
        return [
          ...places
            .filter(({ port }) => !port || !ports.some((one) => [one.name, one.containerPort].includes(port)))
            .map(() => `container ${name}: a probe without a declared port`),
          ...(places[1]!.path === places[2]!.path
            ? [`container ${name}: liveness asks what readiness asks`]
            : []),
        ]
      }),
    ),
  },
  {
    id: 26,
    says: 'a roll-out takes no pod away before another is ready',
    check: eachObject(
      (tree) => ofKind(tree, 'Deployment'),
      ({ spec }) =>
        spec?.strategy?.type === 'RollingUpdate' && spec.strategy.rollingUpdate?.maxUnavailable === 0,
    ),
  },
  {
    id: 27,
    says: 'two pods or more run, and where a scaler counts them the manifest does not',
    check: eachLasting(({ object }, tree) => {
      const { min, scaler } = replicasOf(tree, object)
      return min >= 2 && (!scaler || !hasReplicas(object))
    }),
  },
  {
    id: 28,
    says: 'a drained node takes one pod at a time, and never waits for one that is broken; two budgets would let none go',
    check: eachLasting(({ object, labels }, tree) => {
      const [budget, ...more] = ofKind(tree, 'PodDisruptionBudget').filter(
        ({ metadata, spec }) =>
          metadata.namespace === object.metadata.namespace && selects(spec?.selector, labels),
      )
      return (
        more.length === 0 &&
        budget?.spec?.maxUnavailable === 1 &&
        budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'
      )
    }),
  },
  {
    id: 29,
    says: 'pods of one kind keep apart: by node and by a spread that counts them',
    check: eachLasting(({ pod, labels }) => {
      const {
        requiredDuringSchedulingIgnoredDuringExecution: hard = [],
        preferredDuringSchedulingIgnoredDuringExecution: soft = [],
      } = pod.affinity?.podAntiAffinity ?? {}
      const apart = [...hard, ...soft.map(({ podAffinityTerm }) => podAffinityTerm)]
      return (
        apart.some(
          ({ topologyKey, labelSelector }) =>
            topologyKey === 'kubernetes.io/hostname' && labelSelector && selects(labelSelector, labels),
        ) &&
        (pod.topologySpreadConstraints ?? []).some(
          ({ labelSelector }) => labelSelector && selects(labelSelector, labels),
        )
      )
    }),
  },
  {
    id: 30,
    says: 'a pod names how urgent it is, by a class that is there',
    check: eachWorkload(({ pod: { priorityClassName = '' } }, tree) =>
      tree.objects.some(
        ({ kind, metadata }) => kind === 'PriorityClass' && metadata.name === priorityClassName,
      ),
    ),
  },
  {
    id: 31,
    says: 'a scaler has a target and room: two pods at least, and more at most',
    check: (tree) =>
      readScalers(tree)
        .filter(({ target, min, max }) => !target || min < 2 || max <= min)
        .map(({ object }) => ({ object: nameOf(object), problem: '' })),
  },
  {
    id: 32,
    says: 'a stateful set has its headless service, and disks of its own with a size',
    check: eachObject(
      (tree) => ofKind(tree, 'StatefulSet'),
      ({ metadata, spec }, tree) =>
        ofKind(tree, 'Service').some(
          (service) =>
            service.metadata.name === spec?.serviceName &&
            service.metadata.namespace === metadata.namespace &&
            service.spec?.clusterIP === 'None' &&
            selectedBy(tree, service, { matchLabels: service.spec.selector ?? {} }).some(
              ({ object }) => object.metadata.name === metadata.name,
            ),
        ) &&
        (spec?.volumeClaimTemplates ?? []).every(
          (claim) =>
            claim.spec?.accessModes?.join() === 'ReadWriteOnce' &&
            claim.spec.resources?.requests?.['storage'],
        ),
    ),
  },
  {
    id: 33,
    says: 'a job ends, tries again so many times and is cleared away; a schedule does not pile up',
    check: (tree) => [
      ...eachObject(
        (all) => ofKind(all, 'Job'),
        ({ spec }) => isBounded(spec),
      )(tree),
      ...eachObject(
        (all) => ofKind(all, 'CronJob'),
        ({ spec }) =>
          isBounded(spec?.jobTemplate.spec) &&
          spec?.startingDeadlineSeconds !== undefined &&
          spec.concurrencyPolicy === 'Forbid' &&
          spec.jobTemplate.spec?.template.spec?.restartPolicy !== undefined,
      )(tree),
    ],
  },
  {
    id: 34,
    says: 'a pod is given longer to end than its containers take',
    check: eachLasting((workload, tree) => {
      const { pod, living } = workload
      const sleeps = living.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0)
      const goesOn = Number(findVariable(tree, workload, 'DRAIN_AFTER_MS') ?? 0) / 1_000
      return (pod.terminationGracePeriodSeconds ?? 30) > Math.max(...sleeps) + goesOn + drainSeconds
    }),
  },
]

function placeOf(probe: IProbe | undefined): { port?: number | string; path: string } {
  const { httpGet, tcpSocket } = probe ?? {}
  return { port: (httpGet ?? tcpSocket)?.port, path: httpGet?.path ?? '' }
}

function isBounded(job: IJobSpec | undefined): boolean {
  return [job?.ttlSecondsAfterFinished, job?.backoffLimit, job?.activeDeadlineSeconds].every(
    (limit) => limit !== undefined,
  )
}

function hasReplicas(object: Manifest & { spec?: { replicas?: number } }): boolean {
  return object.spec?.replicas !== undefined
}

/** After it went on answering for DRAIN_AFTER_MS, a service has this long to end what it began before it is cut. */
const drainSeconds = 25
