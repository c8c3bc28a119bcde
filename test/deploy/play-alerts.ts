import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ruleGroups } from '@candor/deploy/monitoring/rules'
import { toYaml } from '@candor/deploy/monitoring/yaml'

const run = promisify(execFile)

/** Has promtool read the rules, or play samples against them and compare which alerts fire. Throws what it says. */
export function alertPlayer(promtool: string) {
  const folder = mkdtempSync(join(tmpdir(), 'candor-alerts-'))
  const rulesFor = (alert?: string) => {
    const file = join(folder, `rules-${alert ?? 'all'}.yaml`)
    writeFileSync(file, toYaml({ groups: alert ? only(alert) : ruleGroups() }))
    return file
  }
  const call = async (...args: string[]) => {
    await run(promtool, args).catch((err: { stdout: string; stderr: string }) => {
      throw new Error(`${err.stdout}\n${err.stderr}`)
    })
  }
  return {
    check: () => call('check', 'rules', '--lint-fatal', rulesFor()),
    /** A query is read like any rule. */
    async checkQueries(queries: readonly string[]) {
      const file = join(folder, 'queries.yaml')
      const asRules = queries.map((expr, index) => ({ record: `query_${index}`, expr }))
      writeFileSync(file, toYaml({ groups: [{ name: 'queries', rules: asRules }] }))
      await call('check', 'rules', file)
    },
    async playQuery({ query, series, atMinute, value }: PlayedQuery) {
      const file = join(folder, 'played-query.yaml')
      const asked = {
        expr: query,
        eval_time: `${atMinute}m`,
        exp_samples: [{ labels: '{}', value }],
      }
      const test = { interval: '1m', input_series: seriesOf(series), promql_expr_test: [asked] }
      writeFileSync(file, JSON.stringify({ evaluation_interval: '1m', tests: [test] }))
      await call('test', 'rules', file)
    },
    async play(scenes: readonly Scene[]) {
      const files = scenes.map(({ alert, series, atMinute, expected }, index) => {
        const test = {
          interval: '1m',
          input_series: seriesOf(series),
          promql_expr_test: [
            {
              expr: `count by (${expected.by.join(', ')}) (ALERTS{alertname="${alert}",alertstate="firing"})`,
              eval_time: `${atMinute}m`,
              exp_samples: expected.firing.map((labels) => ({ labels: labelsOf(labels), value: 1 })),
            },
          ],
        }
        const file = join(folder, `scene-${index}.yaml`)
        const scene = { rule_files: [rulesFor(alert)], evaluation_interval: '1m', tests: [test] }
        writeFileSync(file, JSON.stringify(scene))
        return file
      })
      await call('test', 'rules', ...files)
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What an alert is computed from: with all other rules beside it, it takes a hundred times as long. */
function only(alert: string) {
  return ruleGroups()
    .filter(({ rules }) => rules.some((rule) => 'alert' in rule && rule.alert === alert))
    .map(({ name, rules }) => ({
      name,
      rules: rules.filter((rule) => 'record' in rule || rule.alert === alert),
    }))
}

function seriesOf(series: Record<string, string>): { series: string; values: string }[] {
  return Object.entries(series).map(([selector, values]) => ({ series: selector, values }))
}

function labelsOf(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return `{${pairs.join(',')}}`
}

/** Samples, one a minute; and in which groups of labels the alert fires after some minutes, each once. */
export interface Scene {
  readonly alert: string
  readonly series: Record<string, string>
  readonly atMinute: number
  readonly expected: { by: string[]; firing: Record<string, string>[] }
}

/** Samples, one a minute; and the one value, without labels, that a query has after some minutes. */
export interface PlayedQuery {
  readonly query: string
  readonly series: Record<string, string>
  readonly atMinute: number
  readonly value: number
}
