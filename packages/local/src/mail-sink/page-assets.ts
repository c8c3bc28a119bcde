export const style = `
body { display: grid; grid-template-rows: auto 1fr; min-height: 100vh; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; padding: 14px 24px; background: var(--surface); border-bottom: 1px solid var(--line); }
.bar h1 { font-size: 20px; }
.bar p { margin: 0; flex: 1; }
.columns { display: grid; grid-template-columns: minmax(280px, 360px) 1fr; }
nav { border-right: 1px solid var(--line); background: var(--surface); overflow: auto; max-height: calc(100vh - 74px); }
ol { list-style: none; margin: 0; padding: 0; }
li a { display: grid; gap: 2px; padding: 12px 24px; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
li a:hover { background: var(--ground); }
li a:focus-visible { outline-offset: -3px; }
li a[aria-current] { background: var(--ground); box-shadow: inset 4px 0 var(--accent); }
.subject { font-weight: 600; }
.line { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 14px; }
time { font-size: 13px; font-variant-numeric: tabular-nums; }
.reader { padding: 28px clamp(16px, 4vw, 48px); min-width: 0; }
.empty { max-width: 46ch; margin: 12vh auto 0; text-align: center; }
article { max-width: 860px; }
article h2 { font-size: 24px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 16px 0 20px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 62vh; border: 1px solid var(--line); border-radius: 10px; }
details { margin-top: 16px; }
summary { cursor: pointer; font-weight: 600; min-height: 32px; }
pre { margin: 8px 0 0; padding: 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, 'Cascadia Mono', monospace; }
.back { display: none; margin: 0 0 12px; }
@media (max-width: 760px) {
  .columns { grid-template-columns: 1fr; }
  .columns.is-open nav { display: none; }
  .back { display: block; }
  .bar p, .columns:not(.is-open) .reader:has(p:only-child) { display: none; }
  nav { border-right: 0; max-height: none; }
}
`

/** Brings the list up to date without touching the mail that is being read. */
export const script = `
const list = document.getElementById('list')
let shown = ''
const newest = () => list.querySelector('a')?.getAttribute('href')
setInterval(async () => {
  if (document.hidden) return
  const open = location.pathname.split('/')[3] ?? ''
  const answer = await fetch('/mail/list?open=' + open).catch(() => undefined)
  if (!answer?.ok) return
  const fresh = await answer.text()
  if (fresh === shown) return
  shown = fresh
  const before = newest()
  const focused = list.contains(document.activeElement) && document.activeElement.getAttribute('href')
  list.innerHTML = fresh
  if (newest() === before) return
  if (!before || !newest()) return location.reload()
  if (focused) list.querySelector('a[href="' + focused + '"]')?.focus()
  document.getElementById('count').textContent = list.querySelectorAll('li').length
  document.getElementById('announcement').textContent = 'New mail: ' + list.querySelector('.subject').textContent
}, 1500)
`
