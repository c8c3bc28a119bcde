/** The closed list of purposes for which personal data may be touched (GDPR article 5(1)(b)). */
export const purposes = {
  none: 'No personal data is touched',
  'run-account': 'Running the account of a business and its staff',
  'answer-inquiry': 'Answering the visitor who wrote',
  'keep-record': 'Keeping a record of the conversation for the business and the visitor',
  'bill-service': 'Charging for the service and keeping the books',
  'keep-secure': 'Protecting accounts and the service against misuse',
  'serve-rights': 'Serving the rights of data subjects and proving it',
  'remember-visitor': 'Recognising a visitor who comes back',
  'measure-use': 'Counting visits and chats to improve the service',
  advertise: 'Showing advertising and measuring what it brought',
  'send-news': 'Sending news and offers',
  'keep-evidence': 'Keeping evidence of who used the service and when',
  'obey-law': 'Obeying the law and proving it',
} as const

export type Purpose = keyof typeof purposes
