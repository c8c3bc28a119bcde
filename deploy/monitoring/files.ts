import { dashboards } from './dashboards.ts'
import { toGrafana } from './grafana.ts'
import { ruleGroups } from './rules.ts'
import { toYaml } from './yaml.ts'

/** What the component consists of that is made from the tables beside this file, by its path there. */
export function monitoringFiles(): Record<string, string> {
  const rules = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'candor', labels },
    spec: { groups: ruleGroups() },
  }
  return {
    'rules.yaml': `# Written by \`npm run monitoring\` from deploy/monitoring: change it there.\n${toYaml(rules)}`,
    ...Object.fromEntries(
      dashboards.map((dashboard) => [
        `dashboards/${dashboard.name}.json`,
        panelPerLine(toGrafana(dashboard)),
      ]),
    ),
  }
}

/** So that a change of one shows as that. */
function panelPerLine(dashboard: object): string {
  return `${JSON.stringify(dashboard).replaceAll(/\{"type":"(row|timeseries)"/g, '\n$&')}\n`
}

const labels = { 'app.kubernetes.io/name': 'monitoring', 'app.kubernetes.io/part-of': 'candor' }
