import { useQuery } from '@tanstack/react-query'
import { Receipt } from 'lucide-react'
import { Async } from '../../ui/async.tsx'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatMoney } from '../../ui/money.ts'
import { Section } from '../../ui/page.tsx'
import { Row, Rows } from '../../ui/rows.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Time } from '../../ui/time.tsx'
import { kindNames } from './kind-names.ts'
import { invoicesQuery } from './queries.ts'

export function Invoices() {
  const invoices = useQuery(invoicesQuery)
  return (
    <Section title="Invoices" flush>
      <Async query={invoices} lines={3}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Receipt} title="No invoices yet">
              The first one comes with your first payment.
            </EmptyState>
          ) : (
            <Rows label="Invoices">
              {all.map(({ id, number, kind, issuedAt, grossMinor, currency, status }) => (
                <Row key={id}>
                  <div className="min-w-0 flex-1">
                    <TextLink href={`/billing/invoices/${id}`} className="link font-medium">
                      {kindNames[kind]} {number}
                    </TextLink>
                    <p className="text-sm text-muted">
                      <Time at={issuedAt} />
                    </p>
                  </div>
                  <Badge tone={status === 'paid' ? 'good' : 'wait'}>
                    {status === 'paid' ? 'Paid' : 'Refunded'}
                  </Badge>
                  <span className="w-24 text-right font-medium tabular-nums">
                    {formatMoney(grossMinor, currency)}
                  </span>
                </Row>
              ))}
            </Rows>
          )
        }
      </Async>
    </Section>
  )
}
