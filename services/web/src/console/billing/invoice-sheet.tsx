import type { Invoice } from '@candor/contracts/billing/schemas'
import type { ReactNode } from 'react'
import { countryName } from '../../ui/country-name.ts'
import { formatMoney } from '../../ui/money.ts'
import { Time } from '../../ui/time.tsx'

/** Everything an EU invoice has to show. */
export function InvoiceSheet({ invoice }: { invoice: Invoice }) {
  const { buyer, seller, currency } = invoice
  return (
    <article className="card flex flex-col gap-8 p-6 shadow-card sm:p-10 print:border-0 print:p-0 print:shadow-none">
      <div className="grid gap-8 sm:grid-cols-2">
        <Party title="From" lines={[seller.name, ...seller.address.split('\n'), `VAT ${seller.vatId}`]} />
        <Party
          title="To"
          lines={[
            buyer.company,
            buyer.street,
            `${buyer.postalCode} ${buyer.city}`,
            countryName(buyer.country),
            ...(buyer.vatId ? [`VAT ${buyer.vatId}`] : []),
          ]}
        />
      </div>
      <dl className="grid gap-x-8 gap-y-3 border-y border-line py-5 sm:grid-cols-3">
        <Fact label="Issued">
          <Time at={invoice.issuedAt} />
        </Fact>
        <Fact label="Supplied">
          <Time at={invoice.suppliedFrom} /> to <Time at={invoice.suppliedTo} />
        </Fact>
        <Fact label={invoice.corrects ? 'Corrects' : 'Status'}>
          {invoice.corrects ?? (invoice.status === 'paid' ? 'Paid' : 'Refunded')}
        </Fact>
      </dl>
      <table className="w-full border-collapse text-left tabular-nums">
        <thead>
          <tr className="border-b border-line text-sm text-muted">
            <th scope="col" className="pb-2 font-medium">
              Description
            </th>
            <th scope="col" className="pb-2 text-right font-medium">
              Quantity
            </th>
            <th scope="col" className="pb-2 text-right font-medium">
              Net
            </th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line, index) => (
            <tr key={index} className="border-b border-line">
              <td className="py-3 pr-4">{line.description}</td>
              <td className="py-3 text-right">{line.quantity}</td>
              <td className="py-3 text-right">{formatMoney(line.netMinor, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="ml-auto grid w-full max-w-72 grid-cols-[1fr_auto] gap-x-8 gap-y-1.5 tabular-nums">
        <dt>Net</dt>
        <dd className="text-right">{formatMoney(invoice.netMinor, currency)}</dd>
        <dt>VAT {invoice.taxRatePercent} %</dt>
        <dd className="text-right">{formatMoney(invoice.taxMinor, currency)}</dd>
        <dt className="border-t border-line pt-2 text-lg font-semibold">Total</dt>
        <dd className="border-t border-line pt-2 text-right text-lg font-semibold">
          {formatMoney(invoice.grossMinor, currency)}
        </dd>
      </dl>
      {invoice.taxNote && <p className="text-sm text-muted">{invoice.taxNote}</p>}
    </article>
  )
}

function Party({ title, lines }: { title: string; lines: string[] }) {
  return (
    <section aria-label={title}>
      <h2 className="text-sm font-medium text-muted">{title}</h2>
      <address className="mt-1 not-italic">
        {lines.map((line, index) => (
          <span key={index} className={`block ${index === 0 ? 'font-semibold' : ''}`}>
            {line}
          </span>
        ))}
      </address>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
