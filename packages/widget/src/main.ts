import { mount } from './mount.ts'

const script = document.currentScript
const widgetKey = script?.dataset.key

if (script instanceof HTMLScriptElement && widgetKey) {
  const start = () => mount(new URL(script.src).origin, widgetKey)
  if (document.body) start()
  else document.addEventListener('DOMContentLoaded', start, { once: true })
}
