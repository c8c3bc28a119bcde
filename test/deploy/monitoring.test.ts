import { readFileSync } from 'node:fs'
import { services } from '@candor/contracts/callers'
import { rootDir } from '@candor/local/config'
import { expect, test } from 'vitest'
import { dashboards } from '@candor/deploy/monitoring/dashboards'
import { monitoringFiles } from '@candor/deploy/monitoring/files'
import { burns, levels } from '@candor/deploy/monitoring/levels'
import { percent, ruleGroups } from '@candor/deploy/monitoring/rules'

const read = (path: string) => readFileSync(`${rootDir}/deploy/${path}`, 'utf8')

test('rules and dashboards are those of the tables; npm run monitoring writes them', () => {
  for (const [path, text] of Object.entries(monitoringFiles()))
    expect(read(`components/monitoring/${path}`), path).toBe(text)
})

test('there is a dashboard for every service and one for all, and each is installed', () => {
  const names = dashboards.map(({ name }) => name)
  expect(names.toSorted()).toEqual([...services, 'web', 'overview'].toSorted())
  const installed = [
    ...read('components/monitoring/kustomization.yaml').matchAll(/dashboards\/(\w+)\.json/g),
  ].map(([, name]) => name)
  expect(installed.toSorted()).toEqual(names.toSorted())
})

test('no panel lies over another, and each has a name and a query', () => {
  for (const text of Object.values(monitoringFiles()).filter((file) => file.startsWith('{'))) {
    const { panels } = JSON.parse(text) as { panels: Panel[] }
    const taken = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    )
    expect(new Set(taken).size).toBe(taken.length)
    expect(
      panels.filter(({ type, title, targets }) => !title || (type !== 'row' && !targets?.length)),
    ).toEqual([])
    expect(JSON.stringify(panels)).not.toContain('$in')
  }
})

test('what is promised stands in the text about it, as it is computed', () => {
  const text = read('monitoring/README.md')
  for (const { objective, promise, alert } of levels)
    expect(text).toContain(`${percent(objective)} ${promise} | ${alert} |`)
  const spoken = [...text.matchAll(/^\| ([\d.]+) \| (.*) \| (.*) \| (page|ticket) \|$/gm)]
  expect(
    spoken.map(([, rate, long, short, severity]) => [rate, spelt(long!), spelt(short!), severity]),
  ).toEqual(burns.map(({ rate, long, short, severity }) => [String(rate), long, short, severity]))
})

/** `an hour` is 1h, `30 minutes` are 30m. */
function spelt(words: string): string {
  const [count, unit] = words.split(' ') as [string, string]
  return `${/^an?$/.test(count) ? 1 : count}${unit[0]}`
}

test('the README says how many alerts there are, and how many of them are service levels', () => {
  const alerts = new Set(
    ruleGroups().flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : []))),
  )
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
  const readme = readFileSync(`${rootDir}/README.md`, 'utf8')
  expect(readme).toContain(`${alerts.size} alerts, ${words[levels.length]} of them service levels`)
})

interface Panel {
  type: string
  title: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets?: object[]
}
