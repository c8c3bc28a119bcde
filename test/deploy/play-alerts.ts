import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Alert } from '@candor/deploy/monitoring/alert'
import { alertRule, ruleGroups } from '@candor/deploy/monitoring/rules'
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
      throw new Error(`${err.stdout}\n${err.stderr}`.replaceAll(/.*\n +SUCCESS\n/g, ''))
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
      const files = scenes.map((scene, index) => {
        const file = join(folder, `${scene.alert}-${index}.yaml`)
        writeFileSync(file, sceneFileText(rulesFor(scene.alert), [sceneTest(scene)]))
        return file
      })
      await call('test', 'rules', ...files)
    },
    /** Of the mutants of an alert those under which every scene of it still ends as it should. */
    async unnoticed(mutants: readonly Alert[], scenes: readonly Scene[]): Promise<Alert[]> {
      const named = mutants.map((mutant, index) => ({ ...mutant, name: `${mutant.name}Mutant${index}` }))
      const rulesFile = join(folder, `${mutants[0]!.name}-mutants.yaml`)
      writeFileSync(rulesFile, toYaml({ groups: [{ name: 'mutants', rules: named.map(alertRule) }] }))
      const file = join(folder, `${mutants[0]!.name}-scenes.yaml`)
      const asAll = scenes.map((scene) => ({
        ...sceneTest(scene),
        promql_expr_test: named.map(({ name }) => askWhatFires({ ...scene, alert: name })),
      }))
      writeFileSync(file, sceneFileText(rulesFile, asAll))
      const said = await run(promtool, ['test', 'rules', file], { maxBuffer: 2 ** 26 }).catch(
        (err: { stdout: string; stderr: string }) => err,
      )
      const noticed = new Set(
        [...`${said.stdout}${said.stderr}`.matchAll(/expr: .*?Mutant(\d+)/g)].map(([, at]) => Number(at)),
      )
      return mutants.filter((_, index) => !noticed.has(index))
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function sceneFileText(rulesFile: string, tests: readonly object[]): string {
  return JSON.stringify({ rule_files: [rulesFile], evaluation_interval: '1m', tests })
}

function sceneTest(scene: Scene) {
  return {
    interval: '1m',
    input_series: seriesOf(scene.series),
    promql_expr_test: [askWhatFires(scene)],
  }
}

function askWhatFires({ alert, atMinute, ever, expected: { by, firing } }: Scene) {
  const alerts = `ALERTS{alertname="${alert}",alertstate="firing"}`
  return {
    expr: `count by (${by.join(', ')}) (${ever ? `max_over_time(${alerts}[${atMinute + 1}m])` : alerts})`,
    eval_time: `${atMinute}m`,
    exp_samples: firing.map((labels) => ({ labels: labelsOf(labels), value: 1 })),
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
  /** Whether it fired at any minute until then. */
  readonly ever?: boolean
  readonly expected: { by: string[]; firing: Record<string, string>[] }
}

/** Samples, one a minute; and the one value, without labels, that a query has after some minutes. */
export interface PlayedQuery {
  readonly query: string
  readonly series: Record<string, string>
  readonly atMinute: number
  readonly value: number
}
