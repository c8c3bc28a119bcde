import { isMet } from './figure.ts'
import type { Result } from './table.ts'

/** The results as a drawing (SVG 1.1) that reads on light and on dark pages: a bar each, on one logarithmic scale around the floor. */
export function resultsPicture(results: readonly Result[], title: string): string {
  const rows = results.map((result, at) => row(result, 64 + at * rowHeight))
  const height = 64 + results.length * rowHeight + 12
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">
<title>${escape(title)}</title>
<style>
  text { fill: #1f2328 } .quiet { fill: #59636e } .met { fill: #1a7f37 } .short { fill: #bc4c00 } .track { fill: #d1d9e0 }
  line { stroke: #59636e } .aim { stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .quiet { fill: #9198a1 } .met { fill: #3fb950 } .short { fill: #f0883e } .track { fill: #3d444d }
    line { stroke: #9198a1 }
  }
</style>
<text x="${margin}" y="22" font-weight="600">The product beside plain rivals</text>
<text x="${margin}" y="42" class="quiet">${escape(title)}</text>
${rows.join('\n')}
</svg>
`
}

function row(result: Result, top: number): string {
  const { id, what, better, floor, aim, ratio } = result
  const kind = isMet(result, ratio) ? 'met' : 'short'
  // The further right, the better, whichever way the figure counts.
  const place = (value: number) => {
    const times = better === 'more' ? value / floor : floor / value
    const part = Math.min(1, Math.max(0.02, 0.5 + Math.log2(times) / 6))
    return margin + part * (width - 2 * margin)
  }
  const tick = (value: number, name: string) =>
    `<line x1="${place(value).toFixed(1)}" x2="${place(value).toFixed(1)}" y1="${top + 18}" y2="${top + 38}" class="${name}"/>`
  const bound = `${better === 'more' ? 'at least' : 'at most'} ${floor}${aim === floor ? '' : `, aim ${aim}`}`
  return `<text x="${margin}" y="${top + 12}">${escape(`${id}  ${what}`)}</text>
<text x="${width - margin}" y="${top + 12}" text-anchor="end" font-weight="600">${ratio.toFixed(2)} <tspan class="quiet" font-weight="400">(${bound})</tspan></text>
<rect x="${margin}" y="${top + 22}" width="${width - 2 * margin}" height="12" rx="3" class="track"/>
<rect x="${margin}" y="${top + 22}" width="${(place(ratio) - margin).toFixed(1)}" height="12" rx="3" class="${kind}"/>
${tick(floor, 'floor')}${aim === floor ? '' : tick(aim, 'aim')}`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

const width = 860
const margin = 16
const rowHeight = 54
