import { contractSecrets } from './contract-secrets.ts'
import type { ContractSecret } from './contract-secrets.ts'

/** An ExternalSecret for each contract secret, filled from one entry of the store a secret. */
export function externalSecrets(): string {
  return `# Written by \`npm run manifests\` from the configurations of the services: change those.\n${contractSecrets
    .filter(({ isMadeElsewhere }) => !isMadeElsewhere)
    .map(externalSecret)
    .join('---\n')}`
}

function externalSecret({ name, service, keys }: ContractSecret): string {
  const data = keys.map(
    (key) => `    - secretKey: ${key}
      remoteRef:
        key: candor/${name}
        property: ${key}
`,
  )
  return `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: ${name}
  labels:${service ? `\n    app.kubernetes.io/name: ${service}` : ''}
    app.kubernetes.io/part-of: candor
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: secret-store
  target:
    name: ${name}
    creationPolicy: Owner${name === 'postgres-superuser' ? '\n    template:\n      type: kubernetes.io/basic-auth' : ''}
  data:
${data.join('')}`
}
