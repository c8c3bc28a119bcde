/** What a value is called by whoever did not build the service; a column that is not named here by its own words. */
export function labelOf(column: string): string {
  return labels[column] ?? humanised(column)
}

/** `opened_by_email` -> "Opened by e-mail", `started_at` -> "Started" */
function humanised(column: string): string {
  const words = column
    .replace(/_at$/, '')
    .replaceAll('_', ' ')
    .replace(/\bemail\b/, 'e-mail')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const labels: Record<string, string> = {
  address_hash: 'Fingerprint of the address',
  author_kind: 'Written by',
  buyer_city: 'City',
  buyer_company: 'Company',
  buyer_country: 'Country',
  buyer_postal_code: 'Postal code',
  buyer_street: 'Street',
  buyer_user_id: 'Id of the account that bought',
  buyer_vat_id: 'VAT number',
  contact_email: 'E-mail',
  contact_id: 'Id of your contact details',
  contact_name: 'Name',
  due_at: 'To be answered by',
  ended_at: 'Completed',
  envelope: 'The note itself',
  html: 'Text as a web page',
  jws: 'The signed receipt',
  kind: 'What was asked for',
  last_text: 'Last message',
  opened_at: 'Asked on',
  page: 'Page you wrote from',
  person_id: 'Your id in privacy requests',
  proven_at: 'Address proven',
  sealed: 'Your address, encrypted',
  sealed_at: 'Encrypted on',
  subject_id: 'Your id',
  to_address: 'Sent to',
  used_at: 'Last used',
  visitor_delivered: 'Delivered to you, up to message',
  visitor_id: 'Your id in the chat',
  visitor_read: 'Read by you, up to message',
}
