import type { Change } from './good-tree.ts'

/** Changes to the good tree that an API server would refuse or, worse, drop without a word. */
export const faults: [what: string, change: Change][] = [
  // Fields that nobody knows.
  ['a misspelt probe', (the) => (container(the).livenessProbe.periodSecond = 5)],
  ['a field a level too high', (the) => (the('Deployment').spec.terminationGracePeriodSeconds = 40)],
  ['a limit in the wrong place', (the) => (container(the).limits = { memory: '64Mi' })],
  ['a misspelt selector of a peer', (the) => (the('NetworkPolicy').spec.egress[0].to[0].podSelectr = {})],
  ['a misspelt directory', (the) => (pod(the).volumes[0].emptyDir.sizelimit = '1Mi')],
  ['a misspelt budget', (the) => (the('PodDisruptionBudget').spec.maxUnavailble = 1)],
  ['an unknown field at the top', (the) => (the('ConfigMap', 'cart-env').date = {})],
  ['an unknown field of the metadata', (the) => (the('Service').metadata.lables = {})],
  ['a misspelt scaler', (the) => (the('HorizontalPodAutoscaler').spec.minreplicas = 2)],
  ['a schedule with a misspelt deadline', (the) => (the('CronJob', 'nightly').spec.startDeadlineSeconds = 1)],
  ['a misspelt claim', (the) => (claim(the).spec.accessMode = 'ReadWriteOnce')],
  ['a misspelt time-out of a route', (the) => (the('HTTPRoute').spec.rules[0].timeouts.requests = '1s')],
  ['a misspelt endpoint', (the) => (the('ServiceMonitor').spec.endpoints[0].intervall = '15s')],
  ['a misspelt store', (the) => (the('ExternalSecret').spec.secretStore = {})],
  ['a misspelt issuer', (the) => (the('Certificate', 'shop').spec.issuer = { name: 'platform' })],
  ['a misspelt listener', (the) => (the('Gateway', 'shop').spec.listeners[0].host = 'shop.example')],
  ['a misspelt parameter', (the) => (the('Cluster', 'postgres').spec.postgresql.parametres = {})],
  // Values of another type, outside their set or form.
  ['text for a number', (the) => (container(the).ports[0].containerPort = '8080')],
  ['a number for text', (the) => (the('ConfigMap', 'cart-env').data.HTTP_PORT = 8080)],
  ['a truth for text', (the) => (container(the).env[0].value = true)],
  ['an unknown protocol', (the) => (container(the).ports[0].protocol = 'tcp')],
  ['an unknown pull policy', (the) => (container(the).imagePullPolicy = 'always')],
  [
    'an unknown restart policy',
    (the) => (the('Job', 'cart-migrate').spec.template.spec.restartPolicy = 'No'),
  ],
  ['an unknown match of paths', (the) => (match(the).path.type = 'Prefix')],
  ['a time-out that is no duration', (the) => (the('HTTPRoute').spec.rules[0].timeouts.request = 'sixty')],
  ['one thing for a list', (the) => (container(the).securityContext.capabilities.drop = 'ALL')],
  // What must be there.
  ['a container without a name', (the) => delete container(the).name],
  ['a deployment without a selector', (the) => delete the('Deployment').spec.selector],
  ['a scaler without a most', (the) => delete the('HorizontalPodAutoscaler').spec.maxReplicas],
  ['a rule of an ingress without a kind of path', (the) => delete ingressPath(the).pathType],
  ['a secret store without a name or a selector of one', (the) => (the('ExternalSecret').spec.data[0] = {})],
  // Kinds.
  ['an unknown kind', (the) => (the('PodDisruptionBudget').kind = 'PodDisruptionBudge')],
  ['a version that is gone', (the) => (the('PodDisruptionBudget').apiVersion = 'policy/v1beta1')],
  ['a version that never was', (the) => (the('Ingress').apiVersion = 'networking.k8s.io/v2')],
]

const pod = (the: The) => the('Deployment').spec.template.spec
const container = (the: The) => pod(the).containers[0]
const claim = (the: The) => the('StatefulSet', 'broker').spec.volumeClaimTemplates[0]
const match = (the: The) => the('HTTPRoute').spec.rules[0].matches[0]
const ingressPath = (the: The) => the('Ingress').spec.rules[0].http.paths[0]

type The = Parameters<Change>[0]
