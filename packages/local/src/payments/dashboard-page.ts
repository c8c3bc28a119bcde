import { html } from '../pages/html.ts'
import type { Markup } from '../pages/html.ts'
import type { Page } from '../pages/page.ts'
import { money } from './money.ts'
import { dashboardStyle } from './page-style.ts'
import type { Session, State } from './state.ts'

/** Every payment, latest first, and a button to give the money back. */
export function dashboardPage({ sessions, deliveries }: State): Page {
  return {
    title: 'Sandpay dashboard',
    style: dashboardStyle,
    body: html`<main>
      <p class="brand">
        <span aria-hidden="true" class="mark"></span>Sandpay <span class="badge">Test mode</span>
      </p>
      <h1>Payments</h1>
      ${deliveries.length > 0 && html`<p role="status">${deliveries.length} notices to merchants are waiting to be accepted.</p>`}
      ${sessions.length === 0 ? html`<p class="quiet">No checkout was opened yet.</p>` : table(sessions.toReversed())}
    </main>`,
  }
}

function table(sessions: Session[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Payments">
    <table>
      <thead>
        <tr>
          <th scope="col">Opened</th>
          <th scope="col">What for</th>
          <th scope="col">Amount</th>
          <th scope="col">State</th>
          <th scope="col"><span class="visually-hidden">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${sessions.map(row)}
      </tbody>
    </table>
  </div>`
}

function row(session: Session): Markup {
  const canRefund = session.status === 'paid' && session.refundedMinor < session.amountMinor
  return html`<tr>
    <td><time datetime="${session.createdAt}">${session.createdAt.slice(0, 16).replace('T', ' ')}</time></td>
    <td>${session.description}<br /><span class="quiet">${session.reference}</span></td>
    <td class="amount">${money(session.amountMinor, session.currency)}</td>
    <td>${state(session)}</td>
    <td>
      ${
        canRefund &&
        html`<form method="post" action="/dashboard/payments/${session.paymentId}/refund">
          <button>
            Refund<span class="visually-hidden"> ${session.description}, ${session.reference}</span>
          </button>
        </form>`
      }
    </td>
  </tr>`
}

function state({ status, refundedMinor, amountMinor, currency }: Session): string {
  if (status !== 'paid' || refundedMinor === 0) return status
  return refundedMinor === amountMinor ? 'refunded' : `${money(refundedMinor, currency)} refunded`
}
