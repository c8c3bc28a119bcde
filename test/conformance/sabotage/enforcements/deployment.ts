import { alter } from '../sabotage.ts'
import type { Sabotage } from '../sabotage.ts'

/** What is deployed, and what lies unreadable. */
export const deployment: readonly Sabotage[] = [
  {
    name: 'read-only pods',
    means: 'the manifests let every container write into its image',
    breaks: ['imbachat-13-security'],
    replace: {
      module: 'deploy/checks/kustomize/render.ts',
      from: 'objects: readObjects(stdout)',
      to: "objects: readObjects(stdout.replaceAll('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'))",
    },
  },
  {
    name: 'roles of databases',
    means: 'a service may make tables of its own',
    breaks: ['imbachat-13-security'],
    apply: (stack) => alter(stack, 'billing', 'grant create on schema public to public'),
  },
  {
    name: 'sealing',
    means: 'addresses of who asks lie open in the database',
    breaks: ['imbachat-13-security'],
    replace: {
      module: 'services/privacy/src/sealing/sealer.ts',
      from: `    seal: (text, context) => seal(key, context.join('|'), Buffer.from(text)),
    open: (sealed, context) => unseal(key, context.join('|'), sealed).toString(),
`,
      to: `    seal: (text) => Buffer.from(text),
    open: (sealed) => sealed.toString(),
`,
    },
  },
  {
    name: 'one business',
    means: 'an installation for one takes in others',
    breaks: ['imbachat-01-plugin'],
    replace: {
      module: 'services/identity/src/service.ts',
      from: "config.BUSINESSES === 'one'",
      to: 'false',
    },
  },
]
