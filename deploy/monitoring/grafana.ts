import type { Dashboard, Panel } from './panels.ts'

/** A dashboard as Grafana 10 or later imports it. Prometheus and the installation are chosen at its top. */
export function toGrafana({ name, title, rows }: Dashboard): object {
  const panels: object[] = []
  let y = 0
  for (const row of rows) {
    panels.push({
      type: 'row',
      id: panels.length + 1,
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: 24, h: 1 },
    })
    y += 1
    row.panels.forEach((panel, index) => {
      const gridPos = { x: (index % 3) * 8, y: y + Math.floor(index / 3) * 7, w: 8, h: 7 }
      panels.push(toPanel(panel, panels.length + 1, gridPos))
    })
    y += Math.ceil(row.panels.length / 3) * 7
  }
  return {
    uid: `candor-${name}`,
    title,
    tags: ['candor'],
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [chooseSource, chooseNamespace] },
    panels,
  }
}

function toPanel({ title, description, unit, isSigned, show }: Panel, id: number, gridPos: object): object {
  return {
    type: 'timeseries',
    id,
    title,
    ...(description && { description }),
    gridPos,
    datasource: source,
    fieldConfig: { defaults: { unit, ...(!isSigned && { min: 0 }) }, overrides: [] },
    options: {
      legend: { displayMode: 'list', placement: 'bottom' },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: show.map(([expr, legendFormat], index) => ({
      refId: String.fromCodePoint(65 + index),
      datasource: source,
      expr: expr.replaceAll('$in', 'namespace="$namespace"'),
      legendFormat,
    })),
  }
}

const source = { type: 'prometheus', uid: '${source}' }

const chooseSource = { name: 'source', label: 'Prometheus', type: 'datasource', query: 'prometheus' }

const chooseNamespace = {
  name: 'namespace',
  label: 'Installation',
  type: 'query',
  datasource: source,
  query: { query: 'label_values(rpc_requests_total, namespace)', refId: 'namespace' },
  refresh: 1,
  sort: 1,
}
