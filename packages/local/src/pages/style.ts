/** Shared by the pages of the local stack: colours for light and dark, type, focus and buttons. */
export const baseStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f5f2, #151618);
  --surface: light-dark(#ffffff, #1e2023);
  --line: light-dark(#dedbd4, #35383d);
  --text: light-dark(#1d1e20, #ecebe8);
  --quiet: light-dark(#5f6066, #a5a7ad);
  --accent: light-dark(#1f5f4d, #7fd1b6);
  --on-accent: light-dark(#ffffff, #10211b);
  --danger: light-dark(#a3261f, #ff9d94);
  --danger-ground: light-dark(#fdecea, #3a1d1b);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; }
h1, h2 { line-height: 1.25; text-wrap: balance; margin: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
button, .button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 18px; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--line); background: var(--surface); color: var(--text); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:hover { filter: brightness(1.06); }
.quiet { color: var(--quiet); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) { button { transition: filter .15s; } }
`
