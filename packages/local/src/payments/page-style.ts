const brandStyle = `
:root { --accent: light-dark(#3730a3, #b4b2ff); --on-accent: light-dark(#ffffff, #17153f); }
.brand { display: flex; align-items: center; gap: 8px; margin: 0; font-weight: 700; }
.mark { width: 22px; height: 22px; border-radius: 6px; background: linear-gradient(135deg, var(--accent) 50%, transparent 50%), var(--line); }
.badge { font-size: 12px; font-weight: 600; padding: 2px 8px; border-radius: 99px; background: light-dark(#fdf0d5, #453512); color: light-dark(#6b4a00, #ffdf9b); }
`

export const checkoutStyle = `${brandStyle}
.checkout { display: grid; grid-template-columns: 1fr 1fr; min-height: 100vh; }
.checkout > * { padding: clamp(24px, 6vw, 72px); }
.checkout > header { justify-self: end; width: 100%; max-width: 520px; }
.checkout > section { background: var(--surface); border-left: 1px solid var(--line); }
.checkout > section > * { max-width: 420px; }
h1 { font-size: 40px; margin: 40px 0 12px; font-variant-numeric: tabular-nums; }
h1 span { display: block; font-size: 16px; font-weight: 400; }
h2 { font-size: 20px; margin-bottom: 20px; }
form { display: grid; gap: 16px; }
.field { display: grid; gap: 6px; align-content: start; }
label { font-weight: 600; font-size: 14px; }
input { font: inherit; width: 100%; min-height: 46px; padding: 0 12px; border-radius: 8px; border: 1px solid light-dark(#8a8b90, #7b7e85); background: var(--ground); color: var(--text); }
input::placeholder { color: var(--quiet); opacity: 1; }
input[aria-invalid] { border-color: var(--danger); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.error { margin: 0; color: var(--danger); font-size: 14px; }
.alert { margin: 0 0 16px; padding: 12px 14px; border-radius: 8px; background: var(--danger-ground); color: var(--danger); }
button.main { min-height: 50px; font-size: 17px; }
button.plain { margin-top: 8px; background: none; border-color: transparent; color: var(--quiet); font-weight: 500; }
aside { margin-top: 32px; padding-top: 20px; border-top: 1px solid var(--line); font-size: 14px; }
aside h3 { margin: 0 0 8px; font-size: 14px; }
aside dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 12px; margin: 0 0 8px; }
aside dd, aside p { margin: 0; }
code { font: 14px ui-monospace, 'Cascadia Mono', monospace; }
@media (max-width: 760px) {
  .checkout { grid-template-columns: 1fr; min-height: 0; }
  .checkout > header { justify-self: start; padding-bottom: 16px; }
  .checkout > section { border-left: 0; border-top: 1px solid var(--line); }
  h1 { margin-top: 20px; font-size: 32px; }
}
`

export const dashboardStyle = `${brandStyle}
main { max-width: 980px; margin: 0 auto; padding: clamp(20px, 5vw, 56px); }
h1 { font-size: 28px; margin: 28px 0 16px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 12px 16px; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
td:nth-child(2) { min-width: 24ch; }
th { font-size: 13px; color: var(--quiet); }
.amount, time { font-variant-numeric: tabular-nums; white-space: nowrap; }
`
