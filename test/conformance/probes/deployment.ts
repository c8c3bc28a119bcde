import { createPrivateKey } from 'node:crypto'
import { services } from '@candor/contracts/callers'
import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { kustomize, render } from '../../deploy/render.ts'
import { holds, same } from '../../story/expect.ts'
import { inPart, insideProbe } from '../probe.ts'
import { newPerson, proveRequest } from '../world.ts'
import type { InsideWorld } from '../world.ts'

const security = insideProbe('imbachat-13-security', async (world) => {
  const found = await Promise.all(['production', 'self-hosted'].map(findingsOf))
  same('what the rules find in the manifests', found.flat(), [])
  for (const service of services) await hasLeastRights(world, service)
  await isSealed(world)
  return 'no finding of the rules for pods, policies and TLS in what is deployed; roles of databases may do what they need; keys and addresses of who asks are sealed'
})

/** What is deployed, and what it keeps unreadable. Nothing is deployed for that: the manifests are rendered. */
export const deployment = [
  kustomize ? security : inPart(security, 'nothing on this machine renders the manifests'),
]

/** What the rules find, and ways to the broker that are not encrypted. */
async function findingsOf(overlay: string): Promise<string[]> {
  const objects: any[] = kustomize ? await render(overlay) : []
  const addresses = objects.flatMap(({ kind, data }) => (kind === 'ConfigMap' && data.NATS_URL) || [])
  return [
    ...lint(readTree(overlay, objects, contractSecrets)),
    ...addresses.filter((address) => !address.startsWith('tls://')),
  ]
}

/** A role bound by row-level security, which makes and owns nothing. */
async function hasLeastRights(world: InsideWorld, service: (typeof services)[number]): Promise<void> {
  const [role] = await world.queryAsService<Record<string, unknown>>(
    service,
    {},
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
       exists (select from pg_class where relowner = r.oid) as owns,
       has_schema_privilege(r.oid, 'public', 'create') as "createsTables"
     from pg_roles r where rolname = current_user`,
  )
  for (const [right, has] of Object.entries(role!))
    holds(`${service} comes to its database without ${right}`, has === false)
}

async function isSealed(world: InsideWorld): Promise<void> {
  const { email } = newPerson()
  const { reached } = await proveRequest(world, 'restriction', email)
  await reached('completed')
  const asStored = [email, Buffer.from(email).toString('hex')]
  same('where the address of who asked can be read', await world.search(asStored), [])
  const keys = await world.query<{ sealed: Buffer }>(
    'identity',
    'select sealed_private_key as sealed from signing_keys',
  )
  holds('there are keys that sign tokens', keys.length > 0)
  for (const { sealed } of keys) holds('they cannot be read', !isKey(sealed))
}

function isKey(stored: Buffer): boolean {
  try {
    createPrivateKey({ key: stored, format: 'der', type: 'pkcs8' })
    return true
  } catch {
    return false
  }
}
