import type { IJobSpec } from 'kubernetes-models/batch/v1/JobSpec'
import { nameOf, ofKind } from '../manifest.ts'
import type { Manifest, Tree, Workload } from '../manifest.ts'
import { isPublic } from '../graph/ports.ts'
import { findVariable, selectedBy, selects } from '../select.ts'
import { patience } from './probes.ts'
import { readScalers, replicasOf } from './scalers.ts'
import { eachLasting, eachObject, eachWorkload } from './rule.ts'
import type { Rule } from './rule.ts'

/** What keeps a service answering while its pods come and go. */
export const availabilityRules: Rule[] = [
  {
    id: 26,
    says: 'a roll-out goes on by itself and takes no pod away before another has been ready for a moment, is not given up before one can be, and can be taken back',
    check: eachObject(
      (tree) => ofKind(tree, 'Deployment'),
      ({ spec }) =>
        spec?.strategy?.type === 'RollingUpdate' &&
        spec.strategy.rollingUpdate?.maxUnavailable === 0 &&
        !spec.paused &&
        (spec.revisionHistoryLimit ?? 10) > 0 &&
        (spec.minReadySeconds ?? 0) > 0 &&
        (spec.template.spec?.containers ?? []).every(
          ({ startupProbe, readinessProbe }) =>
            patience(startupProbe) + (readinessProbe?.initialDelaySeconds ?? 0) + spec.minReadySeconds! <
            (spec.progressDeadlineSeconds ?? 600),
        ),
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
    says: 'pods of one kind keep apart: by node and by a spread that counts them, over labels that nodes have',
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
          ({ labelSelector, topologyKey }) =>
            labelSelector && selects(labelSelector, labels) && labelsOfNodes.has(topologyKey),
        )
      )
    }),
  },
  {
    id: 30,
    says: 'a pod names how urgent it is, by a class that is there and is for our pods alone, and who keeps data is no less so than others',
    check: eachWorkload((workload, tree) => {
      const urgency = urgencyOf(tree, workload)
      const keeping = tree.workloads.filter(({ object }) => object.kind === 'StatefulSet')
      return urgency !== undefined && keeping.every((one) => (urgencyOf(tree, one) ?? Infinity) >= urgency)
    }),
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
    says: 'a stateful set has its headless service, and disks of its own with a size, and takes a new release by itself',
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
        (spec?.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate' &&
        !spec?.updateStrategy?.rollingUpdate?.partition &&
        (spec?.volumeClaimTemplates ?? []).every(
          (claim) =>
            claim.spec?.accessModes?.join() === 'ReadWriteOnce' &&
            claim.spec.resources?.requests?.['storage'],
        ),
    ),
  },
  {
    id: 33,
    says: 'a job starts by itself and once, ends, tries again so many times, and is cleared away when it was looked at; a schedule does not pile up',
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
    says: 'a pod goes on answering for as long as balancers send to it, and is given longer to end than its containers take',
    check: eachLasting((workload, tree) => {
      const { pod, living } = workload
      const sleeps = living.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds ?? 0)
      const goesOn = Number(findVariable(tree, workload, 'DRAIN_AFTER_MS') ?? 0) / 1_000
      const answers = Math.max(...sleeps) + goesOn
      return (
        (pod.terminationGracePeriodSeconds ?? 30) > answers + drainSeconds &&
        (answers >= balancerSeconds || !isPublic(tree, workload))
      )
    }),
  },
]

function urgencyOf(tree: Tree, { pod }: Workload): number | undefined {
  const found = tree.objects.find(
    ({ kind, metadata }) => kind === 'PriorityClass' && metadata.name === pod.priorityClassName,
  )
  const { value, globalDefault } = (found ?? {}) as { value?: number; globalDefault?: boolean }
  return globalDefault || (value ?? 0) > urgencyMax ? undefined : value
}

function isBounded(job: IJobSpec | undefined): boolean {
  const { ttlSecondsAfterFinished, backoffLimit = 0, activeDeadlineSeconds } = job ?? {}
  const { suspend = false, completions = 1, parallelism = 1 } = job ?? {}
  return (
    ttlSecondsAfterFinished !== undefined &&
    ttlSecondsAfterFinished >= lookedAtSeconds &&
    backoffLimit >= 1 &&
    activeDeadlineSeconds !== undefined &&
    !suspend &&
    Math.max(completions, parallelism) === 1
  )
}

function hasReplicas(object: Manifest & { spec?: { replicas?: number } }): boolean {
  return object.spec?.replicas !== undefined
}

/** After it went on answering for DRAIN_AFTER_MS, a service has this long to end what it began before it is cut. */
const drainSeconds = 25

/** Who waits for a Job that is gone waits in vain. */
const lookedAtSeconds = 900

/** What is above is the cluster's own. */
const urgencyMax = 1_000_000_000

const labelsOfNodes = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
])

/** A balancer hears of a pod's end a moment after the pod does. */
const balancerSeconds = 2
