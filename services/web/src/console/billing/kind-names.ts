export const kindNames = { invoice: 'Invoice', 'credit-note': 'Credit note' }
