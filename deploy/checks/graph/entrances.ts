import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate'
import { nameOf, ofKind } from '../manifest.ts'
import type { Manifest, Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'
import { findNamed } from '../select.ts'
import { isPromised } from './contract-secrets.ts'

/** Ways in from outside that lack what they stand on: a listener, a certificate, somebody who signs it. */
export function brokenEntrances(tree: Tree): Problem[] {
  return [
    ...ofKind(tree, 'HTTPRoute').flatMap((route) =>
      (route.spec.parentRefs ?? [])
        .filter((parent) => !parent.namespace && !hasListener(tree, route, parent.name, parent.sectionName))
        .map(({ name, sectionName = '' }) =>
          tell(route, `there is no gateway ${name} ${sectionName}`.trim()),
        ),
    ),
    ...ofKind(tree, 'Gateway').flatMap((gateway) =>
      gateway.spec.listeners
        .flatMap(({ tls }) => tls?.certificateRefs ?? [])
        .filter(({ name }) => !isPromised(tree, gateway, name, 'tls.crt'))
        .map(({ name }) => tell(gateway, `nobody makes the certificate ${name}`)),
    ),
    ...ofKind(tree, 'Ingress').flatMap((ingress) =>
      (ingress.spec?.tls ?? [])
        .filter(({ secretName }) => !isPromised(tree, ingress, secretName, 'tls.crt'))
        .map(({ secretName }) => tell(ingress, `nobody makes the certificate ${secretName}`)),
    ),
    ...(tree.objects.filter(({ kind }) => kind === 'Certificate') as (Manifest & ICertificate)[])
      // A ClusterIssuer is the platform's.
      .filter(({ spec }) => (spec?.issuerRef.kind ?? 'Issuer') === 'Issuer')
      .filter((certificate) => !findNamed(tree, certificate, 'Issuer', certificate.spec?.issuerRef.name))
      .map((certificate) => tell(certificate, `there is no issuer ${certificate.spec?.issuerRef.name}`)),
  ]
}

function hasListener(tree: Tree, route: Manifest, name: string, section: string | undefined): boolean {
  const gateway = ofKind(tree, 'Gateway').find((one) => one === findNamed(tree, route, 'Gateway', name))
  return gateway?.spec.listeners.some((listener) => [undefined, listener.name].includes(section)) ?? false
}

function tell(object: Manifest, problem: string): Problem {
  return { object: nameOf(object), problem }
}
