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
        // One of another namespace is the platform's, where there is none here.
        .filter(({ namespace }) => !namespace || ofKind(tree, 'Gateway').length > 0)
        .filter(
          ({ namespace = route.metadata.namespace, name, sectionName }) =>
            namespace !== route.metadata.namespace || !hasListener(tree, route, name, sectionName),
        )
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
      .filter((certificate) => !isSigned(tree, certificate))
      .map((certificate) => tell(certificate, `there is no issuer ${certificate.spec?.issuerRef.name}`)),
  ]
}

/** By an issuer that does not wait for this very certificate. */
function isSigned(tree: Tree, certificate: Manifest & ICertificate): boolean {
  const { issuerRef, secretName } = certificate.spec!
  const issuer = findNamed(tree, certificate, 'Issuer', issuerRef.name) as
    | { spec?: { ca?: { secretName?: string } } }
    | undefined
  return issuer !== undefined && issuer.spec?.ca?.secretName !== secretName
}

function hasListener(tree: Tree, route: Manifest, name: string, section: string | undefined): boolean {
  const gateway = ofKind(tree, 'Gateway').find((one) => one === findNamed(tree, route, 'Gateway', name))
  return gateway?.spec.listeners.some((listener) => [undefined, listener.name].includes(section)) ?? false
}

function tell(object: Manifest, problem: string): Problem {
  return { object: nameOf(object), problem }
}
