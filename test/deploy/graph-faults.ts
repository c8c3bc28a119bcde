import type { Change } from './good-tree.ts'

/** Objects that do not hang together: names, selectors, ports and ways that lead nowhere, or to others. */
export const graphFaults: [rule: number, what: string, change: Change][] = [
  [
    35,
    'a service of nothing',
    (the) => (the('Service').spec.selector = { 'app.kubernetes.io/name': 'carts' }),
  ],
  [
    35,
    'a budget of nothing',
    (the) => (the('PodDisruptionBudget').spec.selector.matchLabels = { app: 'cart' }),
  ],
  [
    35,
    "a service of another's pods",
    (the) => (the('Service').spec.selector = { 'app.kubernetes.io/name': 'broker' }),
  ],
  [
    35,
    "a scaler of another's pods",
    (the) => (the('HorizontalPodAutoscaler').spec.scaleTargetRef = { kind: 'StatefulSet', name: 'broker' }),
  ],
  [35, 'a monitor of nothing', (the) => (the('ServiceMonitor').spec.selector.matchLabels = { app: 'cart' })],
  [
    35,
    'a controller of other pods',
    (the) => (the('Deployment').spec.selector.matchLabels = { app: 'cart' }),
  ],
  [35, 'a service to no port', (the) => (the('Service').spec.ports[0].targetPort = 'web')],
  [35, 'a monitor of no port', (the) => (the('ServiceMonitor').spec.endpoints[0].port = 'metrics')],
  [35, 'a route to no service', (the) => (the('HTTPRoute').spec.rules[0].backendRefs[0].name = 'carts')],
  [
    35,
    'an ingress to no port',
    (the) => (the('Ingress').spec.rules[0].http.paths[0].backend.service.port = { number: 80 }),
  ],
  [35, 'an account that is not there', (_the, objects) => remove(objects, 'ServiceAccount', 'cart')],
  [35, 'settings that are not there', (the) => (container(the).envFrom[0].configMapRef.name = 'cart-envs')],
  [35, 'a secret that nobody makes', (the) => (pod(the).volumes[2].secret.secretName = 'cart-keys')],
  [35, 'a key that the secret has not', (the) => (pod(the).volumes[2].secret.items[0].key = 'DATABASE')],
  [35, 'a mount of no volume', (the) => (container(the).volumeMounts[0].name = 'temp')],
  [35, 'a variable that stands twice', (the) => container(the).env.push({ name: 'REGION', value: 'south' })],
  [
    35,
    'a way out to no pod',
    (the) =>
      (the('NetworkPolicy').spec.egress[0].to[0].podSelector.matchLabels = {
        'app.kubernetes.io/name': 'brokers',
      }),
  ],
  [35, 'a way out to a closed door', (the) => (the('NetworkPolicy', 'broker').spec.ingress = [])],
  [35, 'a way out to another port', (the) => (the('NetworkPolicy').spec.egress[0].ports[0].port = 8222)],
  [35, 'a name in capitals', (the) => (the('Job', 'cart-migrate').metadata.name = 'cart-migrate-R1')],
  [35, 'a service with a dot in its name', (the) => (the('Service', 'broker').metadata.name = 'broker.shop')],
  [
    35,
    'a superuser whose password nobody makes',
    (the) =>
      Object.assign(the('Cluster', 'postgres').spec, {
        enableSuperuserAccess: true,
        superuserSecret: { name: 'admin' },
      }),
  ],
  [35, 'a label that is none', (the) => (the('Service').metadata.labels.owner = 'shop team')],
  [35, 'an object that stands twice', (the, objects) => objects.push(structuredClone(the('Service')))],
  [35, 'a route to no listener', (the) => (the('HTTPRoute').spec.parentRefs[0].sectionName = 'http')],
  [35, 'a route to a gateway elsewhere', (the) => (the('HTTPRoute').spec.parentRefs[0].namespace = 'other')],
  [35, 'a listener without a certificate', (_the, objects) => remove(objects, 'Certificate', 'shop')],
  [35, 'a certificate that waits for itself', signedByItself],
  [35, 'a certificate that nobody signs', (the) => delete the('Certificate', 'shop').spec.issuerRef.kind],
  [36, 'a pod without a policy', (_the, objects) => remove(objects, 'NetworkPolicy', 'cart')],
  [
    36,
    "a policy that an operator's Jobs are not meant by",
    (the) =>
      (the('NetworkPolicy', 'postgres').spec.podSelector.matchLabels = {
        'app.kubernetes.io/name': 'postgres',
      }),
  ],
  [36, 'a policy for one direction', (the) => delete the('NetworkPolicy').spec.egress],
  [36, 'a namespace with a way out', (the) => (the('NetworkPolicy', 'default-deny').spec.egress = [{}])],
  [36, 'an open namespace', (_the, objects) => remove(objects, 'NetworkPolicy', 'default-deny')],
  [
    37,
    'another instance',
    (the) => (the('Deployment').metadata.labels['app.kubernetes.io/instance'] = 'shop'),
  ],
  [38, 'a service for the world', (the) => (the('Service').spec.type = 'LoadBalancer')],
  [39, 'an open ingress', (the) => delete the('Ingress').spec.tls],
  [
    39,
    'an open gateway',
    (the) => (the('Gateway', 'shop').spec.listeners[0] = { name: 'http', protocol: 'HTTP', port: 80 }),
  ],
  [39, 'keys that nobody uses', (the) => (the('Gateway', 'shop').spec.listeners[0].tls.mode = 'Passthrough')],
  [39, 'a port where nobody looks', (the) => (the('Gateway', 'shop').spec.listeners[0].port = 80)],
  [
    39,
    "a gateway for everybody's routes",
    (the) => (the('Gateway', 'shop').spec.listeners[0].allowedRoutes = { namespaces: { from: 'All' } }),
  ],
  [
    39,
    'raw configuration',
    (the) => (the('Ingress').metadata.annotations = { 'nginx.ingress.kubernetes.io/server-snippet': 'x' }),
  ],
  [40, 'no owner', (the) => delete the('Deployment').metadata.annotations['candor/owner']],
  [
    40,
    'nobody to write to',
    (the) => (the('StatefulSet', 'broker').metadata.annotations['candor/contact'] = 'ask around'),
  ],
  [
    35,
    'the authority of a database that nobody makes',
    (_the, objects) => remove(objects, 'Cluster', 'postgres'),
  ],
  [41, 'more pods than connections', (the) => (the('HorizontalPodAutoscaler').spec.maxReplicas = 7)],
  [41, 'a larger pool', (the) => (the('ConfigMap', 'cart-env').data.DATABASE_POOL_SIZE = '11')],
  [41, 'a limit that nobody set', (_the, objects) => remove(objects, 'ConfigMap', 'provision-env')],
  [
    41,
    'a smaller server',
    (the) => (the('Cluster', 'postgres').spec.postgresql.parameters.max_connections = '80'),
  ],
  [42, "an object without its service's label", (the) => delete the('ConfigMap', 'cart-env').metadata.labels],
  [
    42,
    "another's object with it",
    (the) => (the('Service', 'broker').metadata.labels = { 'app.kubernetes.io/name': 'cart' }),
  ],
  [45, 'a way out to everywhere', (the) => the('NetworkPolicy').spec.egress.push({ ports: [{ port: 443 }] })],
  [
    45,
    'a way in for every pod',
    (the) => (the('NetworkPolicy').spec.ingress[0].from = [{ podSelector: {} }]),
  ],
  [
    45,
    'a way out to the whole of the internet',
    (the) => (the('NetworkPolicy', 'task').spec.egress[0].to[0].ipBlock.cidr = '0.0.0.0/0'),
  ],
  [
    45,
    'a network that is none',
    (the) => (the('NetworkPolicy', 'task').spec.egress[0].to[0].ipBlock.cidr = '192.0.2.0/33'),
  ],
  [45, 'a way out by many ports', (the) => (the('NetworkPolicy').spec.egress[0].ports[0].endPort = 65_535)],
  [45, 'a way in for everybody', (the) => delete the('NetworkPolicy').spec.ingress[0].from],
  [45, 'a way out by any port', (the) => delete the('NetworkPolicy').spec.egress[0].ports],
  [
    47,
    'a folder that is not there',
    (the) => container(the).env.push({ name: 'STATE', value: '/run/state' }),
  ],
  [
    47,
    'a file that is not in its secret',
    (the) => container(the).env.push({ name: 'CA_FILE', value: '/run/authority/tls.crt' }),
  ],
  [47, 'an argument that leads to nothing', (the) => (container(the).args = ['--pid=/run/pid'])],
]

const pod = (the: The) => the('Deployment').spec.template.spec
const container = (the: The) => pod(the).containers[0]

function signedByItself(the: The, objects: object[]) {
  the('Certificate', 'shop').spec.issuerRef = { kind: 'Issuer', name: 'own' }
  objects.push({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: 'own', namespace: 'shop' },
    spec: { ca: { secretName: 'shop-tls' } },
  })
}

function remove(objects: { kind: string; metadata: { name: string } }[], kind: string, name: string) {
  objects.splice(
    objects.findIndex((object) => object.kind === kind && object.metadata.name === name),
    1,
  )
}

type The = Parameters<Change>[0]
