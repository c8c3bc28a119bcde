import { readFileSync } from 'node:fs'
import { clauses } from '@candor/policy/clauses'
import { packs } from '@candor/policy/packs'
import type { ClauseId } from '@candor/policy/packs'
import type { Outcome } from './play.ts'
import { countOf, promiseOf, states } from './report.ts'
import type { State } from './report.ts'

/** The outcomes as one page that stands alone, for a business to show to its customers. */
export function reportHtml(outcomes: readonly Outcome[], { at, where }: { at: Date; where: string }): string {
  const byPack = [...Map.groupBy(outcomes, ({ clause }) => clauses[clause as ClauseId].pack)]
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Promises kept: conformance report</title>
<style>${tokens}${style}</style>
</head>
<body>
<header class="top">
  <div class="wide">
    <p class="mark">Candor</p>
    <h1>What the notice says, and what the system did</h1>
    <p class="lead">Each promise was put to a running platform: people signed up, chatted, asked and left, time passed, and
    what remained was looked for. A promise counts as kept only where that was seen.</p>
    ${tally(outcomes)}
    <p class="when">Seen on ${date.format(at)} UTC, ${escape(where)}.</p>
  </div>
</header>
<nav class="wide" aria-label="Notices">
  <ul>${byPack.map(([pack, own]) => `<li><a href="#${pack}">${escape(packs[pack].title)}</a> <span>${countOf(own, 'kept')} of ${own.length}</span></li>`).join('')}</ul>
</nav>
<main class="wide">
${byPack.map(([pack, own]) => section(pack, own)).join('\n')}
</main>
<footer class="wide"><p>Kept: a probe saw it. Broken: a probe saw otherwise. Unproven: no probe has shown the whole of it; the reason stands beside it.</p></footer>
</body>
</html>
`
}

function tally(outcomes: readonly Outcome[]): string {
  const figures = states.map(
    (state) => `<div class="${state}"><dt>${words[state]}</dt><dd>${countOf(outcomes, state)}</dd></div>`,
  )
  return `<dl class="tally">${figures.join('')}</dl>`
}

function section(pack: keyof typeof packs, own: readonly Outcome[]): string {
  const counts = states.map((state) => `${countOf(own, state)} ${state}`).join(', ')
  return `<section aria-labelledby="${pack}">
<h2 id="${pack}">${escape(packs[pack].title)}</h2>
<p class="counts">${pack}: ${counts}</p>
<ol>${own.map(entry).join('')}</ol>
</section>`
}

function entry({ clause, state, evidence }: Outcome): string {
  const told = state === 'unproven' ? 'Why not' : 'Seen'
  return `<li class="${state}">
<p class="state">${words[state]}</p>
<div><h3>${escape(promiseOf(clause as ClauseId))}</h3>
<p><span class="told">${told}:</span> ${escape(evidence)}</p>
<p class="id">${clause}</p></div>
</li>`
}

const words: Record<State, string> = { kept: 'Kept', broken: 'Broken', unproven: 'Unproven' }

/** The colours of the product's own pages. */
const tokens = readFileSync(new URL('../../services/web/src/ui/tokens.css', import.meta.url), 'utf8').replace(
  /@theme[^]*$/,
  '',
)

const style = `
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:16px/1.55 'Instrument Sans Variable','Segoe UI',system-ui,sans-serif}
.wide{max-width:64rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2rem)}
.top{background:var(--rail);color:var(--rail-ink);padding-block:2rem 2.5rem}
.mark{margin:0 0 1.5rem;font-weight:650;letter-spacing:.01em;color:var(--signal)}
h1{margin:0;font-size:clamp(1.75rem,4vw,2.5rem);line-height:1.1;letter-spacing:-.02em;text-wrap:balance}
.lead{max-width:60ch;color:var(--rail-muted);font-size:1.0625rem}
.tally{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0}
.tally div{flex:1 1 8rem;padding:.9rem 1.1rem;border-radius:14px;background:var(--rail-active);display:flex;flex-direction:column-reverse}
.tally dt{color:var(--rail-muted)}
.tally dd{margin:0;font-size:2.25rem;font-weight:650;line-height:1.1;font-variant-numeric:tabular-nums}
.when{margin:0;color:var(--rail-muted)}
nav ul{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin:0;padding:1.25rem 0;list-style:none;border-bottom:1px solid var(--line)}
nav span,.counts,.id,footer{color:var(--muted)}
a{color:var(--brand-text);font-weight:550}
a:focus-visible{outline:2px solid var(--focus);outline-offset:3px;border-radius:4px}
section{padding-top:2.25rem}
h2{margin:0;font-size:1.5rem;line-height:1.2;letter-spacing:-.01em}
.counts{margin:.25rem 0 1rem}
ol{margin:0;padding:0;list-style:none;background:var(--surface);border:1px solid var(--line);border-radius:14px;overflow:hidden}
li{overflow-wrap:anywhere}
ol li{display:grid;grid-template-columns:7.5rem 1fr;gap:.25rem 1rem;padding:1rem 1.25rem;border-top:1px solid var(--line);break-inside:avoid}
ol li:first-child{border-top:0}
h3{margin:0;font-size:1rem;font-weight:600;text-wrap:pretty}
ol p{margin:.25rem 0 0}
.told{font-weight:600}
.id{font-size:.875rem;font-family:ui-monospace,'Cascadia Mono','DejaVu Sans Mono',monospace}
.state{justify-self:start;align-self:start;margin:0!important;padding:.1rem .7rem;border-radius:99px;font-size:.875rem;font-weight:600}
.kept .state{background:var(--good-soft);color:var(--good-text)}
.broken .state{background:var(--danger-soft);color:var(--danger-text)}
.unproven .state{background:var(--sunken);color:var(--muted)}
footer{padding-block:2rem 3rem;font-size:.9375rem}
@media (max-width:40rem){ol li{grid-template-columns:1fr}}
@media print{:root{color-scheme:light}body{background:#fff;font-size:10.5pt}.top{background:none;color:var(--ink);padding-block:0 1rem}.lead,.when,.tally dt,.mark{color:var(--ink)}.tally div{background:none;border:1px solid var(--line)}nav{display:none}ol{border-radius:0}}
`

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign as keyof typeof entities])
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
