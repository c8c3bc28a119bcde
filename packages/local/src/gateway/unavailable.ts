import type { ServerResponse } from 'node:http'
import type { ErrorReason } from '@candor/contracts/errors'
import { errorReasons } from '@candor/contracts/errors'
import { html } from '../pages/html.ts'
import { sendPage } from '../pages/page.ts'

/** Answers a call in tRPC's error shape, so that a client tells it from an answer of the service. */
export function sendCallError(
  response: ServerResponse,
  call: { path: string; reason: ErrorReason; message: string },
) {
  const { code, retryable } = errorReasons[call.reason]
  const [httpStatus, jsonRpcCode] = call.reason === 'unavailable' ? [503, -32603] : [404, -32004]
  const data = { code, httpStatus, path: call.path, reason: call.reason, retryable }
  response.writeHead(httpStatus, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    // Pages of other origins must be able to read why their call failed.
    'access-control-allow-origin': '*',
    ...(retryable ? { 'retry-after': '1' } : {}),
  })
  response.end(JSON.stringify({ error: { message: call.message, code: jsonRpcCode, data } }))
}

/** A page that tries again by itself. */
export function sendUnavailablePage(response: ServerResponse): void {
  response.setHeader('retry-after', '2')
  sendPage(response, {
    status: 503,
    title: 'Candor is starting',
    style: 'main { max-width: 46ch; margin: 22vh auto 0; padding: 0 24px; } h1 { font-size: 26px; }',
    script: 'setTimeout(() => location.reload(), 2000)',
    body: html`<main>
      <h1>This page is not there yet</h1>
      <p role="status">The part of Candor that serves it is starting. This page tries again by itself.</p>
    </main>`,
  })
}
