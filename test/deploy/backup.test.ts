import { readFileSync } from 'node:fs'
import { services } from '@candor/contracts/callers'
import { clusterAlerts } from '@candor/deploy/monitoring/cluster-alerts'
import { rootDir } from '@candor/local/config'
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

test.skipIf(!kustomize).each(copied)(
  'in %s who copies writes and who brings back reads, dumps and streams each on a volume of their own',
  async (overlay) => {
    const { workloads, environmentOf } = await installation(overlay)
    const folderOf = (name: string) => {
      const job = workloads.find((one) => one.name === name)!
      const { BACKUP_FOLDER, SNAPSHOT_FOLDER } = environmentOf(job).variables
      const mount = job.container.volumeMounts.find(
        ({ mountPath }: any) => mountPath === (BACKUP_FOLDER ?? SNAPSHOT_FOLDER),
      )
      const { persistentVolumeClaim } = job.pod.volumes.find((volume: any) => volume.name === mount.name)
      return { claim: persistentVolumeClaim.claimName, isWritten: !mount.readOnly }
    }
    expect(folderOf('backup')).toEqual({ claim: 'backups', isWritten: true })
    expect(folderOf('nats-snapshot')).toEqual({ claim: 'nats-snapshots', isWritten: true })
    expect(folderOf('restore-streams')).toEqual({ claim: 'nats-snapshots', isWritten: false })
  },
)

test.skipIf(!kustomize).each(copied)(
  'in %s the role that dumps is made with the password that it comes with',
  async (overlay) => {
    const { workloads, environmentOf } = await installation(overlay)
    const address = (name: string) => {
      const job = workloads.find((one) => one.name.startsWith(name))!
      return environmentOf(job).files.find(({ path }) => path === 'BACKUP_DATABASE_URL')
    }
    expect(address('backup')).toBeDefined()
    expect(address('provision-databases')).toEqual(address('backup'))
  },
)

test.skipIf(!kustomize).each(copied)(
  'in %s copies are made as often and kept as long as the guide says',
  async (overlay) => {
    const { workloads, environmentOf, get } = await installation(overlay)
    const variablesOf = (name: string) => environmentOf(workloads.find((one) => one.name === name)!).variables
    const { KEEP_DAYS } = variablesOf('backup')
    const { SNAPSHOTS_KEPT } = variablesOf('nats-snapshot')
    const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
    const often = (name: string) => {
      const [, hours] = /^\d+ \*(?:\/(\d+))? \* \* \*$/.exec(get('CronJob', name).spec.schedule)!
      return hours ? `every ${words[Number(hours)]} hours` : 'every hour'
    }
    const guide = readFileSync(`${rootDir}/docs/operations.md`, 'utf8')
    const rowOf = (name: string) => guide.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
    expect(rowOf('backup')).toContain(`| ${often('backup')} | ${KEEP_DAYS} days (`)
    expect(rowOf('nats-snapshot')).toContain(
      `| ${often('nats-snapshot')} | ${words[Number(SNAPSHOTS_KEPT)]} (`,
    )
  },
)
