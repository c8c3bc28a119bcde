import { html } from '../pages/html.ts'
import type { Markup } from '../pages/html.ts'
import type { Page } from '../pages/page.ts'
import type { Message } from './message.ts'
import { script, style } from './page-assets.ts'

/** Every mail in a list. */
export function listPage(messages: readonly Message[]): Page {
  return { title: 'Mail', style, script, body: layout(messages, undefined, nothingOpen(messages)) }
}

/** One mail beside the list. */
export function messagePage(messages: readonly Message[], message: Message): Page {
  return { title: message.subject || 'Mail', style, script, body: layout(messages, message, reader(message)) }
}

/** The list alone, with which an open page refreshes itself. */
export function mailList(messages: readonly Message[], open: Message | undefined): Markup {
  return html`<ol>
    ${messages.map((message) => row(message, message === open))}
  </ol>`
}

function layout(messages: readonly Message[], open: Message | undefined, content: Markup): Markup {
  return html`<header class="bar">
      <h1>Mail <span class="quiet" id="count">${messages.length}</span></h1>
      <p class="quiet">Everything Candor sends on this machine ends here.</p>
      <form method="post" action="/mail/delete-all"><button>Delete all</button></form>
    </header>
    <main class="columns ${open ? 'is-open' : ''}">
      <nav aria-label="Mails" id="list">${mailList(messages, open)}</nav>
      <div class="reader">${content}</div>
    </main>
    <p class="visually-hidden" role="status" id="announcement"></p>`
}

function row(message: Message, isOpen: boolean): Markup {
  return html`<li>
    <a href="/mail/messages/${message.id}" ${isOpen ? html`aria-current="page"` : ''}>
      <span class="subject">${message.subject || '(no subject)'}</span>
      <span class="quiet line">to ${message.to.join(', ')}</span>
      ${time(message)}
    </a>
  </li>`
}

function nothingOpen(messages: readonly Message[]): Markup {
  return messages.length === 0
    ? html`<div class="empty">
        <h2>No mail yet</h2>
        <p class="quiet">
          Invite a colleague or close a conversation with a visitor who left an address: the mail appears here
          by itself.
        </p>
      </div>`
    : html`<div class="empty"><p class="quiet">Choose a mail to read it.</p></div>`
}

function reader(message: Message): Markup {
  return html`<article>
    <p class="back"><a href="/mail">All mails</a></p>
    <h2>${message.subject || '(no subject)'}</h2>
    <dl>
      <dt>From</dt>
      <dd>${message.headers.from ?? message.from}</dd>
      <dt>To</dt>
      <dd>${message.to.join(', ')}</dd>
      <dt>Received</dt>
      <dd>${time(message)}</dd>
      ${message.attachments.map(
        ({ name, bytes }) =>
          html`<dt>Attached</dt>
            <dd>${name}, ${bytes} bytes</dd>`,
      )}
    </dl>
    ${
      message.html &&
      html`<iframe
        title="The mail as HTML"
        src="/mail/messages/${message.id}/html"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      ></iframe>`
    }
    ${part('Text', message.text, !message.html)}
    ${part(
      'Headers',
      Object.entries(message.headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
      false,
    )}
  </article>`
}

function part(title: string, text: string, isOpen: boolean): Markup {
  return html`<details ${isOpen ? html`open` : ''}>
    <summary>${title}</summary>
    <pre tabindex="0">${linked(text)}</pre>
  </details>`
}

/** Links in plain text can be followed, as a mail program lets one. */
function linked(text: string): Markup[] {
  return text
    .split(/(https?:\/\/[^\s<>"')]+)/)
    .map((piece, index) =>
      index % 2 === 0 ? html`${piece}` : html`<a href="${piece}" target="_blank" rel="noopener">${piece}</a>`,
    )
}

function time({ receivedAt }: Message): Markup {
  return html`<time class="quiet" datetime="${receivedAt}"
    >${receivedAt.slice(0, 19).replace('T', ' ')} UTC</time
  >`
}
