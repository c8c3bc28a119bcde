import { nameOf, ofKind } from '../manifest.ts'
import type { Manifest, Pods, Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'
import { findNamed, selectedBy } from '../select.ts'
import { servicesOf } from './selectors.ts'

/** Ports that lead to none: of services, monitors and routes. */
export function danglingPorts(tree: Tree): Problem[] {
  return [
    ...ofKind(tree, 'Service').flatMap((service) =>
      (service.spec?.ports ?? [])
        .filter(({ port, targetPort = port }) =>
          selectedBy(tree, service, { matchLabels: service.spec?.selector ?? {} }).some(
            (pods) => !listens(pods, targetPort),
          ),
        )
        .map(({ port }) => tell(service, `port ${port} leads to no port of its pods`)),
    ),
    ...ofKind(tree, 'ServiceMonitor').flatMap((monitor) =>
      monitor.spec.endpoints.flatMap(({ port = '' }) =>
        servicesOf(tree, monitor)
          .filter(({ spec }) => !spec?.ports?.some(({ name }) => name === port))
          .map(({ metadata }) => tell(monitor, `service ${metadata.name} has no port ${port}`)),
      ),
    ),
    ...ofKind(tree, 'PodMonitor').flatMap((monitor) =>
      (monitor.spec.podMetricsEndpoints ?? []).flatMap(({ port = '' }) =>
        selectedBy(tree, monitor, monitor.spec.selector)
          .filter((pods) => !listens(pods, port))
          .map(({ object }) => tell(monitor, `${nameOf(object)} has no port ${port}`)),
      ),
    ),
    ...backends(tree)
      .filter(({ from, service, port }) => !offers(tree, from, service, port))
      .map(({ from, service, port }) => tell(from, `there is no service ${service} with port ${port}`)),
  ]
}

/** Whether pods declare a port, by name or number. */
export function listens({ ports }: Pods, wanted: number | string): boolean {
  return ports.some(({ name, containerPort }) => name === wanted || containerPort === Number(wanted))
}

/** Whether a way in from outside leads to a workload's pods. */
export function isPublic(tree: Tree, { object }: Pods): boolean {
  return backends(tree).some(({ from, service }) => {
    const found = findNamed(tree, from, 'Service', service) as
      | ReturnType<typeof servicesOf>[number]
      | undefined
    const pods = found && selectedBy(tree, found, { matchLabels: found.spec?.selector ?? {} })
    return pods?.some((one) => one.object === object)
  })
}

/** Where routes and ingresses send what comes in. */
function backends(tree: Tree): Backend[] {
  return [
    ...ofKind(tree, 'HTTPRoute').flatMap((from) =>
      (from.spec.rules ?? []).flatMap(({ backendRefs = [] }) =>
        backendRefs.map(({ name, port }) => ({ from, service: name, port })),
      ),
    ),
    ...ofKind(tree, 'Ingress').flatMap((from) =>
      (from.spec?.rules ?? []).flatMap(({ http }) =>
        (http?.paths ?? []).map(({ backend: { service } }) => ({
          from,
          service: service?.name ?? '',
          port: service?.port?.name ?? service?.port?.number,
        })),
      ),
    ),
  ]
}

function offers(tree: Tree, from: Manifest, service: string, wanted: number | string | undefined): boolean {
  const found = findNamed(tree, from, 'Service', service) as ReturnType<typeof servicesOf>[number] | undefined
  return found?.spec?.ports?.some(({ name, port }) => [name, port].includes(wanted)) ?? false
}

function tell(object: Manifest, problem: string): Problem {
  return { object: nameOf(object), problem }
}

interface Backend {
  readonly from: Manifest
  readonly service: string
  readonly port: number | string | undefined
}
