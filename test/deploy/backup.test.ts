import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { services } from '@candor/contracts/callers'
import { expect, test } from 'vitest'
import { kustomize, render } from './render.ts'

const overlay = '../../test/deploy/fixtures/backup'
const secrets = [...contractSecrets, { name: 'backup-credentials', keys: ['BACKUP_DATABASE_URL'] }]

test.skipIf(!kustomize)(
  'an installation that dumps its databases follows every schema and rule',
  async () => {
    const objects = await render(overlay)
    const refused = await Promise.all(objects.map((object) => validate(object)))
    expect(refused.flat()).toEqual([])
    expect(lint(readTree('production', objects, secrets))).toEqual([])
  },
)

test.skipIf(!kustomize)('the scheduled job dumps the database of every service', async () => {
  const job: any = (await render(overlay)).find(({ kind }) => kind === 'CronJob')
  const { env } = job.spec.jobTemplate.spec.template.spec.containers[0]
  const dumped = env.find(({ name }: { name: string }) => name === 'DATABASES').value.split(' ')
  expect(dumped.toSorted()).toEqual(services.map((service) => `candor_${service}`).toSorted())
})
