import { useQuery } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { InvoiceSheet } from './invoice-sheet.tsx'
import { kindNames } from './kind-names.ts'
import { invoiceQuery } from './queries.ts'

/** One invoice as a sheet of paper; printing shows nothing else. */
export function InvoicePage({ invoiceId }: { invoiceId: string }) {
  const query = useQuery(invoiceQuery(invoiceId))
  const title = query.data ? `${kindNames[query.data.kind]} ${query.data.number}` : 'Invoice'
  return (
    <Page
      title={title}
      intro={
        <span className="print:hidden">
          <TextLink href="/billing">Billing</TextLink>
        </span>
      }
      actions={
        query.data && (
          <Button onPress={() => window.print()}>
            <Printer aria-hidden="true" /> Print
          </Button>
        )
      }
    >
      <Async query={query} lines={8}>
        {(invoice) => <InvoiceSheet invoice={invoice} />}
      </Async>
    </Page>
  )
}
