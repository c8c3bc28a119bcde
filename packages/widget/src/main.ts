import { mount } from './mount.ts'

const script = document.currentScript
const widgetKey = script?.dataset.key

if (script instanceof HTMLScriptElement && widgetKey) {
  const { origin } = new URL(script.src)
  const start = () => mount({ origin, widgetKey, asksConsent: script.dataset.consent !== undefined })
  if (document.body) start()
  else document.addEventListener('DOMContentLoaded', start, { once: true })
}
