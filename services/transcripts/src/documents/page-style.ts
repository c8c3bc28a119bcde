/** Style of the downloaded page: narrow as a letter, light and dark, and plain black on white when printed. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #151b1a); --desk: light-dark(#f1f4f3, #0d1211); --ink: light-dark(#15201e, #e8eeec);
  --quiet: light-dark(#56625f, #9fb0ab); --line: light-dark(#dbe3e0, #2a3533);
  --visitor: light-dark(#e1efea, #17362f); --staff: light-dark(#f1f4f3, #1f2826);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--desk); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 44rem; min-height: 100vh; margin: 0 auto; padding: 3rem clamp(1.25rem, 6vw, 3.5rem); background: var(--paper); }
h1 { margin: 0 0 1.25rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
header { padding-bottom: 1.5rem; border-bottom: 1px solid var(--line); }
dl { display: grid; gap: 0.25rem; margin: 0; font-size: 0.9rem; }
dl div { display: grid; grid-template-columns: 6rem 1fr; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
ol { margin: 2rem 0; padding: 0; list-style: none; }
li { margin: 0 0 1.25rem; break-inside: avoid; }
cite { margin-right: 0.6rem; font-style: normal; font-weight: 600; }
time { color: var(--quiet); font-size: 0.8rem; font-variant-numeric: tabular-nums; }
dd time { color: inherit; font-size: inherit; }
li p { width: fit-content; max-width: 100%; margin: 0.3rem 0 0; padding: 0.6rem 0.9rem; border-radius: 0.25rem 0.9rem 0.9rem; background: var(--staff); overflow-wrap: anywhere; }
li.visitor p { background: var(--visitor); }
li.event { text-align: center; color: var(--quiet); font-size: 0.85rem; }
li.event p { display: inline; margin-right: 0.6rem; padding: 0; background: none; }
footer { padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.85rem; }
@page { margin: 18mm; }
@media print {
  :root { color-scheme: light; }
  body, main { background: none; }
  main { max-width: none; padding: 0; }
  li p, li.visitor p { border: 1px solid #cfd8d5; background: none; }
  li.event p { border: 0; }
}
`
