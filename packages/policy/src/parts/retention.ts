import type { Period } from '@candor/contracts/policy/period'
import type { Retention } from '@candor/contracts/policy/policy'

export function deleteAfter(period: Period, own: Partial<Pick<Retention, 'byChannel' | 'yearEnd'>> = {}) {
  return { period, byChannel: {}, yearEnd: null, disposition: 'delete', ...own } satisfies Retention
}

export function anonymiseAfter(period: Period) {
  return { ...deleteAfter(period), disposition: 'anonymise' } satisfies Retention
}

/** As long as what it belongs to: an account, a conversation. */
export const whileItLasts: Retention = {
  period: null,
  byChannel: {},
  yearEnd: null,
  disposition: 'delete',
}

/** Tax law in the European Union: the longest of its terms, ten years after the calendar year. */
export const europeanInvoices = deleteAfter({ years: 10 }, { yearEnd: '12-31' })

/** Tax law in the United Kingdom: six years after the financial year, which for corporation tax ends on 31 March. */
export const britishInvoices = deleteAfter({ years: 6 }, { yearEnd: '03-31' })
