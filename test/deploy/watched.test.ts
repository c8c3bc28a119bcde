import { clusterAlerts } from '@candor/deploy/monitoring/cluster-alerts'
import { ruleGroups } from '@candor/deploy/monitoring/rules'
import { beforeAll, describe, expect, test } from 'vitest'
import { selectorsIn } from './read-promql.ts'
import { kustomize, render } from './render.ts'

/** What the cluster knows each by, and which of them an alert has to speak of. */
const kinds: Record<string, (objects: readonly any[]) => string[]> = {
  deployment: named('Deployment'),
  statefulset: named('StatefulSet'),
  cronjob: named('CronJob', ({ spec }) => !spec.suspend),
  job_name: named('Job', (job) => job.metadata.labels['app.kubernetes.io/component'] === 'migration'),
  container: (objects) =>
    objects
      .filter(({ kind }) => kind === 'Deployment')
      .flatMap(({ spec }) => spec.template.spec.containers.map(({ name }: any) => name)),
}

describe.skipIf(!kustomize).each(['production', 'staging', 'self-hosted'])('in the overlay %s', (overlay) => {
  let objects: readonly any[]
  beforeAll(async () => {
    objects = await render(overlay)
  })

  test.each(Object.keys(kinds))('each %s that runs is watched by the name that it has', (label) => {
    const asked = clusterAlerts().flatMap(({ expr }) =>
      [...expr.matchAll(new RegExp(`\\b${label}(=~?)"([^"]*)"`, 'g'))].map(([, sign, value]) => {
        // Names that are compared with as they are have nothing in them that a pattern could mean otherwise.
        if (sign === '=') expect(value).toMatch(/^[\w-]+$/)
        return new RegExp(`^(?:${value})$`)
      }),
    )
    expect(asked.length).toBeGreaterThan(0)
    const there = kinds[label]!(objects)
    expect(there.length).toBeGreaterThan(0)
    for (const pattern of asked)
      expect(
        there.filter((name) => !pattern.test(name)),
        String(pattern),
      ).toEqual([])
  })
})

test.skipIf(!kustomize)(
  'what is scraped is all that is told, says whose it is, and is waited for as long as it takes',
  async () => {
    const monitor: any = (await render('production')).find(({ kind }) => kind === 'PodMonitor')
    const asked = ruleGroups().flatMap(({ rules }) => rules.flatMap(({ expr }) => selectorsIn(expr)))
    const ofTarget = new Set(asked.filter(({ metric }) => metric === 'up').flatMap(({ labels }) => labels))
    const given = monitor.spec.podTargetLabels.map((label: string) => label.replaceAll(/\W/g, '_'))
    expect([...ofTarget]).toEqual(given)
    const { selector: _, podTargetLabels: __, podMetricsEndpoints, ...more } = monitor.spec
    // Nothing is left out on the way, and nobody else is asked.
    expect(more).toEqual({})
    for (const { honorLabels, interval, scrapeTimeout, ...place } of podMetricsEndpoints) {
      expect(Object.keys(place).toSorted()).toEqual(['path', 'port'])
      expect(honorLabels).toBe(true)
      // The shortest window of an alert is five minutes: a missed answer or two must leave it enough.
      expect(Number.parseInt(interval)).toBeLessThanOrEqual(60)
      expect(Number.parseInt(scrapeTimeout)).toBeLessThan(Number.parseInt(interval))
      // A query that waits for a connection and then is not answered: see connectPostgres.
      expect(Number.parseInt(scrapeTimeout)).toBeGreaterThanOrEqual(4 + 8 + 2)
    }
  },
)

function named(kind: string, isMeant: (object: any) => boolean = () => true) {
  return (objects: readonly any[]): string[] =>
    objects.filter((object) => object.kind === kind && isMeant(object)).map(({ metadata }) => metadata.name)
}
