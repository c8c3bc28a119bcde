import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A business's page that trusts nobody: a strict policy that lets only the widget's scripts and calls through, style
 * sheets made to break whatever they reach, and listeners for every key.
 */
export async function startShop(candorUrl: string): Promise<Shop> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop')
    if (pathname === '/page.css')
      return response.writeHead(200, { 'content-type': 'text/css' }).end(hostileStyles)
    if (pathname === '/page.js') {
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(watchKeys)
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'self' ${searchParams.has('strict') ? `${candorUrl}/widget.js` : candorUrl}`,
        `connect-src ${candorUrl}`,
        "style-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
    })
    const copies = Number(searchParams.get('copies') ?? 1)
    const script = `<script src="${candorUrl}/widget.js" data-key="wk_harbour" async></script>`
    response.end(`<!doctype html>
      <html lang="en" dir="${searchParams.get('dir') ?? 'ltr'}">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Harbour Bikes</title>
      <link rel="stylesheet" href="/page.css">
      <script src="/page.js"></script>
      ${script.repeat(copies)}
      <main><h1>Harbour Bikes</h1><p>Bicycles by the sea.</p><button type="button">Buy</button></main>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Shop extends AsyncDisposable {
  url: string
}

const hostileStyles = `
  html { font-size: 40px; }
  body { font: 20px serif; letter-spacing: 3px; color: rgb(1, 2, 3); line-height: 3; text-transform: uppercase; }
  * { margin: 7px; box-sizing: content-box; }
  button, input, textarea, p, h2, a, dialog, header, form {
    all: unset; font-size: 60px !important; background: red !important; display: block !important;
  }
  body > * { visibility: hidden; }
  body > main { visibility: visible; overflow: hidden; }
  candor-chat { display: none !important; opacity: 0 !important; }
`

const watchKeys = `
  for (const type of ['keydown', 'keyup', 'keypress']) {
    document.addEventListener(type, () => { document.title = 'shortcut' })
  }
  document.addEventListener('securitypolicyviolation', (event) => {
    document.title = 'violation: ' + event.violatedDirective
  })
`
