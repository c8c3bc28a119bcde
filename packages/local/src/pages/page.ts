import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { html, trusted } from './html.ts'
import type { Markup } from './html.ts'
import { baseStyle } from './style.ts'

/** Answers with a page that may load nothing from elsewhere and run no script but its own. */
export function sendPage(response: ServerResponse, page: Page): void {
  const nonce = randomBytes(16).toString('base64')
  const formTargets = ["'self'", ...(page.formTargets ?? [])].join(' ')
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${trusted(baseStyle + page.style)}
        </style>
      </head>
      <body>
        ${page.body}
        ${
          page.script
            ? html`<script nonce="${nonce}">
                ${trusted(page.script)}
              </script>`
            : ''
        }
      </body>
    </html>`
  const policy = [
    ...[
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      `script-src 'nonce-${nonce}'`,
      "img-src 'self' data:",
    ],
    ...["connect-src 'self'", "frame-src 'self'", `form-action ${formTargets}`],
    ...["base-uri 'none'", "frame-ancestors 'none'"],
  ]
  response.writeHead(page.status ?? 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  })
  response.end(markup)
}

export interface Page {
  title: string
  style: string
  body: Markup
  script?: string
  status?: number
  /** Origins that a form of this page may lead to, by redirects too. */
  formTargets?: string[]
}
