import { dirname } from 'node:path'
import { MigrationEnvironment } from '@candor/runtime/config'
import {
  DatabasesEnvironment,
  RestoreEnvironment,
  SnapshotEnvironment,
  StreamsEnvironment,
} from '@candor/service/provision-config'
import { services } from '@candor/contracts/callers'
import { configs, contractSecrets, credentialsOf } from '@candor/deploy/generate/contract-secrets'
import { newSecrets } from '@candor/deploy/generate/secrets'
import { WebEnvironment } from '@candor/web/src/server/config.ts'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import { exampleSecrets } from './example-secrets.ts'

/** What each container's program reads, by the first words of its workload's name. */
const schemas: [name: RegExp, schema: Schema][] = [
  [/-migrate-/, MigrationEnvironment],
  [/^provision-streams-/, StreamsEnvironment],
  [/^provision-databases-/, DatabasesEnvironment],
  [/^nats-snapshot$/, SnapshotEnvironment],
  [/^restore-streams$/, RestoreEnvironment],
  [/^web$/, WebEnvironment],
  ...services.map((service): [RegExp, Schema] => [new RegExp(`^${service}$`), configs[service]]),
]

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test('each program is given what its schema demands, and nothing that it does not know', async () => {
    const { workloads, environmentOf } = await installation(overlay)
    const read = workloads.flatMap((workload) => {
      const schema = schemas.find(([name]) => name.test(workload.name))?.[1]
      return schema ? [{ workload, schema, ...environmentOf(workload) }] : []
    })
    // Each service and its migrations, web, the Jobs that provision; and the two that copy streams and bring them back.
    expect(read).toHaveLength(2 * services.length + 3 + (overlay === 'local' ? 0 : 2))
    for (const { workload, schema, variables, files } of read) {
      const secrets = Object.fromEntries(
        files.map(({ secret, key, path }) => [path, exampleSecrets(secret, key)]),
      )
      const { CREDENTIALS_DIRECTORY: _folder, ...open } = variables
      const given = { ...open, ...secrets }
      expect(schema.safeParse(given).error?.issues, workload.name).toBeUndefined()
      expect(
        Object.keys(given).filter((name) => !(name in schema.shape)),
        workload.name,
      ).toEqual([])
      expect(
        Object.keys(open).filter((name) => name in secrets),
        workload.name,
      ).toEqual([])
    }
  })

  test('a program that is stricter in production is told that this is it', async () => {
    const { workloads, environmentOf } = await installation(overlay)
    const asking = services.filter((service) => 'NODE_ENV' in configs[service].shape)
    expect(asking.length).toBeGreaterThan(0)
    for (const service of asking) {
      const { variables } = environmentOf(workloads.find(({ name }) => name === service)!)
      expect(variables.NODE_ENV, service).toBe('production')
    }
  })

  test('nobody listens to himself alone, and everybody says what runbooks look for', async () => {
    const { workloads, environmentOf } = await installation(overlay)
    for (const workload of workloads) {
      const { LISTEN_ON, LOG_LEVEL = 'info' } = environmentOf(workload).variables
      expect(LISTEN_ON, workload.name).toBeUndefined()
      expect(['info', 'debug', 'trace'], workload.name).toContain(LOG_LEVEL)
    }
  })

  test("programs speak TLS with NATS where its servers do, and there alone wait for its authority's certificate", async () => {
    const { workloads, environmentOf, ofKind } = await installation(overlay)
    const servers = ofKind('ConfigMap').find(({ metadata }) => metadata.name.startsWith('nats-config-'))
    const isEncrypted = /^tls \{/m.test(servers.data['tls.conf'])
    const speaking = workloads.filter((workload) => 'NATS_URL' in environmentOf(workload).variables)
    expect(speaking.length).toBeGreaterThan(services.length)
    const asTheyDo = speaking.filter((workload) => {
      const isSpeaking = environmentOf(workload).variables.NATS_URL!.startsWith('tls:')
      const { secret } = workload.pod.volumes.find(({ name }: any) => name === 'nats-authority')
      return isSpeaking === isEncrypted && isSpeaking !== (secret.optional ?? false)
    })
    expect(asTheyDo.map(({ name }) => name)).toEqual(speaking.map(({ name }) => name))
    const { pod } = workloads.find(({ name }) => name === 'nats')!
    const { secret } = pod.volumes.find(({ name }: any) => name === 'tls')
    expect(secret.optional ?? false).toBe(!isEncrypted)
  })

  test("the authority that a database's address names is mounted by everybody who goes there", async () => {
    const urls = Object.values(newSecrets(given)).flatMap((secret) =>
      Object.values(secret).flatMap((value) => (value.startsWith('postgres:') ? new URL(value) : [])),
    )
    const toldBy = (name: string) => [...new Set(urls.map(({ searchParams }) => searchParams.get(name)))]
    expect(toldBy('sslmode')).toEqual(['verify-full'])
    const [file, ...more] = toldBy('sslrootcert')
    expect(more).toEqual([])
    const { workloads } = await installation(overlay)
    const going = workloads.filter(({ labels }) => labels['candor/reaches-postgres'] === 'yes')
    expect(going.length).toBeGreaterThan(2 * services.length)
    for (const { name, container } of going) {
      const folders = container.volumeMounts.map(({ mountPath }: any) => mountPath)
      expect(folders, name).toContain(dirname(file!))
    }
  })

  test('what is secret comes as files of contract secrets, with just the keys that are used', async () => {
    const { workloads, environmentOf } = await installation(overlay)
    for (const service of services) {
      const { files } = environmentOf(workloads.find(({ name }) => name === service)!)
      expect(files.map(({ path }) => path).toSorted()).toEqual(credentialsOf(service))
      expect(
        files.every(({ secret, key, path }) => secret === `${service}-credentials` && key === path),
      ).toBe(true)
    }
    // What a key was before its exchange, under a name that the guide tells: not there at other times.
    for (const service of services) {
      const { pod } = workloads.find(({ name }) => name === service)!
      const { projected } = pod.volumes.find(({ name }: any) => name === 'credentials')
      expect(projected.sources.map(({ secret }: any) => secret)).toContainEqual({
        name: `${service}-previous-credentials`,
        optional: true,
      })
    }
    const promised = contractSecrets.flatMap(({ name, keys }) => keys.map((key) => `${name}/${key}`))
    const used = workloads.flatMap((workload) => environmentOf(workload).files)
    expect(
      used.map(({ secret, key }) => `${secret}/${key}`).filter((one) => !promised.includes(one)),
    ).toEqual([])
  })

  test('no secret is in the render: no Secret, no variable from one, no value that looks like one', async () => {
    const { objects, ofKind } = await installation(overlay)
    expect(ofKind('Secret')).toEqual([])
    const text = JSON.stringify(objects)
    expect(text).not.toMatch(/secretKeyRef|secretRef"|\bSU[A-Z0-9]{56}\b|whsec_|:\/\/[^/"@]+:[^/"@]+@/)
  })
})

const given = {
  databaseHost: 'postgres-rw',
  smtpUrl: 'smtps://mail.example.com',
  paymentApiKey: 'none',
  paymentWebhookSecret: 'none',
}

test('passwords are made that nobody guesses, another for each role', () => {
  const passwords = Object.values(newSecrets(given)).flatMap((secret) =>
    Object.values(secret).flatMap((value) =>
      value.startsWith('postgres:') ? `${new URL(value).username}:${new URL(value).password}` : [],
    ),
  )
  expect(new Set(passwords).size).toBe(passwords.length)
  // 128 bits in base64.
  for (const password of passwords) expect(password.split(':')[1]!.length).toBeGreaterThanOrEqual(22)
})

test.skipIf(!kustomize)('only the installation of one business lets nobody else sign up', async () => {
  const limited = await Promise.all(
    overlays.map(async (overlay) => {
      const { workloads, environmentOf } = await installation(overlay)
      const { variables } = environmentOf(workloads.find(({ name }) => name === 'identity')!)
      return variables.BUSINESSES === 'one'
    }),
  )
  expect(overlays.filter((_, place) => limited[place])).toEqual(['self-hosted'])
})

interface Schema {
  shape: object
  safeParse(value: unknown): { error?: { issues: unknown[] } | undefined }
}
