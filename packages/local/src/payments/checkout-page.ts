import { html } from '../pages/html.ts'
import type { Markup } from '../pages/html.ts'
import type { Page } from '../pages/page.ts'
import type { CardErrors, CardField } from './card.ts'
import { money } from './money.ts'
import { checkoutStyle } from './page-style.ts'
import type { Session } from './state.ts'

/** The hosted page with the card form. What was typed is not shown again, save the name. */
export function checkoutPage(
  session: Session,
  answer: { errors?: CardErrors; declined?: boolean; name?: string } = {},
): Page {
  const { errors = {}, declined = false, name = '' } = answer
  const failed = declined || Object.keys(errors).length > 0
  return {
    title: `${failed ? 'Payment failed: ' : ''}Pay ${money(session.amountMinor, session.currency)}`,
    status: failed ? 422 : 200,
    style: checkoutStyle,
    formTargets: [new URL(session.successUrl).origin, new URL(session.cancelUrl).origin],
    body: html`<main class="checkout">
      ${summary(session)}
      <section aria-labelledby="pay-title">
        <h2 id="pay-title">Pay by card</h2>
        ${declined && html`<p class="alert" role="alert">The bank declined this card. Nothing was charged. Try another card.</p>`}
        ${!declined && failed && html`<p class="alert" role="alert">Some fields need another look. Nothing was charged.</p>`}
        <form method="post" action="/checkout/${session.id}/pay" novalidate>
          ${field('cardNumber', 'Card number', errors, { autocomplete: 'cc-number', inputmode: 'numeric', placeholder: '1234 1234 1234 1234' })}
          <div class="pair">
            ${field('expiry', 'Expiry', errors, { autocomplete: 'cc-exp', inputmode: 'numeric', placeholder: 'MM / YY' })}
            ${field('cvc', 'Security code', errors, { autocomplete: 'cc-csc', inputmode: 'numeric', placeholder: 'CVC' })}
          </div>
          ${field('name', 'Name on card', errors, { autocomplete: 'cc-name', inputmode: 'text', placeholder: '', value: name })}
          <button class="main">Pay ${money(session.amountMinor, session.currency)}</button>
        </form>
        <form method="post" action="/checkout/${session.id}/cancel">
          <button class="plain">Cancel and go back</button>
        </form>
        ${testCards}
      </section>
    </main>`,
  }
}

/** What a buyer sees who returns to a checkout that is over. */
export function closedPage(session: Session): Page {
  const paid = session.status === 'paid'
  return {
    title: paid ? 'Payment made' : 'Checkout cancelled',
    style: checkoutStyle,
    body: html`<main class="checkout">
      ${summary(session)}
      <section>
        <h2>${paid ? 'This payment was made' : 'This checkout was cancelled'}</h2>
        <p>${paid ? 'You can close this page.' : 'Nothing was charged. Start again from the shop to pay.'}</p>
        <p><a href="${paid ? session.successUrl : session.cancelUrl}">Back to the shop</a></p>
      </section>
    </main>`,
  }
}

function summary(session: Session): Markup {
  return html`<header>
    <p class="brand">
      <span aria-hidden="true" class="mark"></span>Sandpay <span class="badge">Test mode</span>
    </p>
    <h1><span class="quiet">Amount to pay</span>${money(session.amountMinor, session.currency)}</h1>
    <p>${session.description}</p>
    <p class="quiet">Reference ${session.reference}</p>
  </header>`
}

function field(name: CardField, label: string, errors: CardErrors, input: InputAttributes): Markup {
  const error = errors[name]
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      required
      autocomplete="${input.autocomplete}"
      inputmode="${input.inputmode}"
      placeholder="${input.placeholder}"
      value="${input.value}"
      ${error && html`aria-invalid="true" aria-describedby="${name}-error"`}
    />
    ${error && html`<p class="error" id="${name}-error">${error}</p>`}
  </div>`
}

const testCards = html`<aside aria-labelledby="cards-title">
  <h3 id="cards-title">This is a sandbox: no money moves</h3>
  <dl>
    <dt><code>4242 4242 4242 4242</code></dt>
    <dd>pays</dd>
    <dt><code>4000 0000 0000 0002</code></dt>
    <dd>is declined</dd>
  </dl>
  <p class="quiet">With any future date, any security code and any name.</p>
</aside>`

interface InputAttributes {
  autocomplete: string
  inputmode: string
  placeholder: string
  value?: string
}
