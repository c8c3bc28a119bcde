import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { describeFacts } from '../facts.ts'
import { serviceNames } from '../service-names.ts'
import { tableName } from '../table-names.ts'
import { countRepeated, describeRecord, findLines } from './describe-record.ts'
import { groupHoldings } from './group-holdings.ts'
import type { HeldCategory } from './group-holdings.ts'

/** The answer as one HTML file that needs nothing else: it can be kept, mailed and printed, and runs no script. */
export function answerDocument(answer: AccessAnswer): string {
  const { business, generatedAt, requestId, rights } = answer
  const title = `What ${business.name} holds about you`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>Collected on ${moment(generatedAt)} from every part of the service. Request ${escaped(requestId)}.</p>
${groupHoldings(answer)
  .map(({ service, categories }) =>
    [
      `<h2>${serviceNames[service]}</h2>`,
      ...categories.map((held) => categorySection(held, business.name)),
      ...(categories.length === 0 ? ['<p>Nothing about you is held here.</p>'] : []),
    ].join('\n'),
  )
  .join('\n')}
${disclosureSection(answer)}<h2>Your rights</h2>
<dl>${rights.map(({ right, law, how }) => term(`${right} (${law})`, [how])).join('')}</dl>
</body>
</html>
`
}

function disclosureSection({ disclosures }: AccessAnswer): string {
  if (disclosures.length === 0) return ''
  const told = disclosures.map(
    ({ authority, ground, categories, disclosedAt }) =>
      `<li><b>${escaped(authority)}</b> ${moment(disclosedAt)}<div>${escaped(ground)}: ${escaped(categories.join(', '))}</div></li>\n`,
  )
  return `<h2>Handed to authorities</h2>\n<ol>${told.join('')}</ol>\n`
}

function categorySection({ category, tables }: HeldCategory, business: string): string {
  const facts = describeFacts(category, business).map(({ question, answers }) => term(question, answers))
  return [
    `<h3>${escaped(category.title)}</h3>`,
    `<dl>${facts.join('')}</dl>`,
    ...tables.map(
      ({ table, records }) =>
        `<h4>${escaped(tableName(table))}: ${records.length}</h4><ol>${recordItems(records).join('')}</ol>`,
    ),
  ].join('\n')
}

function recordItems(records: Record<string, unknown>[]): string[] {
  const lines = findLines(records)
  return lines
    ? lines.map(
        ({ author, at, text }) =>
          `<li><b>${escaped(author)}</b> ${moment(at)}<div class="text">${escaped(text)}</div></li>\n`,
      )
    : countRepeated(records).map(recordItem)
}

function recordItem({ record, times }: ReturnType<typeof countRepeated>[number]): string {
  const fields = describeRecord(record).map(({ label, kind, text }) => {
    const value = kind === 'time' ? moment(text) : `<span class="${kind}">${escaped(text)}</span>`
    return `<div><b>${escaped(label)}</b> ${value}</div>`
  })
  return `<li>${fields.join('')}${times > 1 ? `<div>${times} times</div>` : ''}</li>\n`
}

function term(name: string, values: readonly string[]): string {
  return `<dt>${escaped(name)}</dt>${values.map((value) => `<dd>${escaped(value)}</dd>`).join('')}`
}

function moment(at: string): string {
  const text = new Date(at).toISOString().replace('T', ' ').slice(0, 19)
  return `<time datetime="${escaped(at)}">${text} UTC</time>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { line-height: 1.2 } h2 { margin-top: 2.5rem; border-bottom: 1px solid; padding-bottom: .25rem } h3 { margin-top: 2rem }
dt { font-size: .875rem; opacity: .75; margin-top: .5rem } dd { margin: 0 }
ol { padding-left: 1.5rem } li { margin-bottom: .75rem; break-inside: avoid }
li b { font-weight: 500; opacity: .75 } .text { white-space: pre-wrap } .code { font: .8125rem ui-monospace, monospace }
@media print { body { margin: 0 } h2, h3, h4 { break-after: avoid } }
`
