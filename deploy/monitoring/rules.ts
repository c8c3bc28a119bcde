import { alerts } from './alerts.ts'
import { clusterAlerts } from './cluster-alerts.ts'
import type { Alert } from './alert.ts'
import { apart, burns, levels } from './levels.ts'
import type { Level } from './levels.ts'

/** Everything Prometheus computes and watches, in its own form. */
export function ruleGroups(): RuleGroup[] {
  return [
    ...levels.map((level) => ({ name: `level-${level.name}`, rules: levelRules(level) })),
    { name: 'services', rules: alerts.map(alertRule) },
    { name: 'cluster', rules: clusterAlerts().map(alertRule) },
  ]
}

/** The share that went wrong within a window. */
export function badShare(level: Level, window: string): string {
  return `service:${level.name}_bad:ratio_rate${window}`
}

function levelRules(level: Level): Rule[] {
  const used = burns.filter(({ severity }) => level.speeds === 'all' || severity === 'ticket')
  const windows = [...new Set(used.flatMap(({ short, long }) => [short, long]))]
  return [
    ...windows.map((window) => ({
      record: badShare(level, window),
      // Of what never went wrong there is no series, which is not the same as none at all.
      expr: `((${level.bad(window)}) or 0 * ${level.all(window)}) / ${level.all(window)}`,
    })),
    ...used.map(({ rate, long, short, severity, spends }) => ({
      alert: level.alert,
      expr: [
        ...[long, short].map((window) => `${badShare(level, window)} > ${threshold(level, rate)}`),
        ...(level.atLeastPerHour > 0 ? [`3600 * ${level.all(long)} > ${level.atLeastPerHour}`] : []),
      ].join(` and on (${apart}) `),
      labels: { severity, window: long },
      annotations: annotations(
        level.alert,
        `{{ $labels.service }}: ${percent(level.objective)} ${level.promise}; at this rate it spends its budget of 30 days, ${spends}`,
      ),
    })),
  ]
}

export function alertRule(alert: Alert): Rule {
  return {
    alert: alert.name,
    expr: alert.expr,
    for: alert.for,
    labels: { severity: alert.severity },
    annotations: annotations(alert.name, alert.summary),
  }
}

function annotations(alert: string, summary: string): Record<string, string> {
  return { summary, runbook_url: `deploy/runbooks/${alert}.md` }
}

function threshold({ objective }: Level, rate: number): number {
  return Number((rate * (1 - objective)).toPrecision(6))
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`
}

export interface RuleGroup {
  readonly name: string
  readonly rules: readonly Rule[]
}

export type Rule =
  | { record: string; expr: string }
  | {
      alert: string
      expr: string
      for?: string
      labels: Record<string, string>
      annotations: Record<string, string>
    }
