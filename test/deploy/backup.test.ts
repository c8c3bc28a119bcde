import { services } from '@candor/contracts/callers'
import { clusterAlerts } from '@candor/deploy/monitoring/cluster-alerts'
import { expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'

const copied = overlays.filter((overlay) => overlay !== 'local')

test.skipIf(!kustomize).each(copied)(
  '%s dumps the database of every service on a schedule',
  async (overlay) => {
    const { get } = await installation(overlay)
    const { env } = get('CronJob', 'backup').spec.jobTemplate.spec.template.spec.containers[0]
    const dumped = env.find(({ name }: { name: string }) => name === 'DATABASES').value.split(' ')
    expect(dumped.toSorted()).toEqual(services.map((service) => `candor_${service}`).toSorted())
  },
)

test.skipIf(!kustomize).each(copied)(
  'in %s the alert for a missing copy looks at every job that makes some, and at none that waits to be asked',
  async (overlay) => {
    const { expr } = clusterAlerts().find(({ name }) => name === 'BackupMissed')!
    const watched = new RegExp(`^${/cronjob=~"([^"]+)"/.exec(expr)![1]}$`)
    const jobs = (await installation(overlay)).ofKind('CronJob')
    const scheduled = jobs.filter(({ spec }) => !spec.suspend).map(({ metadata }) => metadata.name)
    expect(scheduled.toSorted()).toEqual(['backup', 'nats-snapshot'])
    expect(jobs.map(({ metadata }) => metadata.name).filter((name) => watched.test(name))).toEqual(scheduled)
    // It waits for two of the slowest, so that one which fails wakes nobody.
    const [, waitsSeconds] = /> (\d+)/.exec(expr)!
    for (const { metadata, spec } of jobs.filter(({ spec }) => !spec.suspend)) {
      const [, hours = '1'] = /^\d+ (?:\*|\*\/(\d+)) \* \* \*$/.exec(spec.schedule) ?? [undefined, 'Infinity']
      expect(2 * Number(hours) * 3_600, metadata.name).toBeLessThan(Number(waitsSeconds))
    }
  },
)
