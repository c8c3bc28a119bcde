import type { Purpose } from '@candor/contracts/purposes'

/** What a chat says before it asks for name and address: what the notice has them for, in the widget's languages. */
export function whyAsked(purposes: readonly Purpose[], language: string): string {
  const { say, words } = languages[language.toLowerCase().split('-')[0] ?? ''] ?? languages.en!
  return say(purposes.map((purpose) => words[purpose]).join(', '))
}

const languages: Record<string, { say: (list: string) => string; words: Record<Purpose, string> }> = {
  en: {
    say: (list) => `What you give here is for: ${list}.`,
    words: {
      none: 'nothing',
      'run-account': 'running the account',
      'answer-inquiry': 'answering you',
      'keep-record': 'keeping a record of the chat',
      'bill-service': 'billing',
      'keep-secure': 'security',
      'serve-rights': 'serving your rights',
      'remember-visitor': 'recognising you',
      'measure-use': 'counting chats',
      advertise: 'advertising',
      'send-news': 'news and offers',
      'keep-evidence': 'evidence of use',
      'obey-law': 'what the law demands',
    },
  },
  de: {
    say: (list) => `Ihre Angaben dienen: ${list}.`,
    words: {
      none: 'nichts',
      'run-account': 'der Kontoführung',
      'answer-inquiry': 'der Antwort an Sie',
      'keep-record': 'dem Aufbewahren des Chats',
      'bill-service': 'der Abrechnung',
      'keep-secure': 'der Sicherheit',
      'serve-rights': 'Ihren Rechten',
      'remember-visitor': 'dem Wiedererkennen',
      'measure-use': 'dem Zählen von Chats',
      advertise: 'der Werbung',
      'send-news': 'Neuigkeiten und Angeboten',
      'keep-evidence': 'dem Nachweis der Nutzung',
      'obey-law': 'dem, was das Gesetz verlangt',
    },
  },
  fr: {
    say: (list) => `Vos données servent à : ${list}.`,
    words: {
      none: 'rien',
      'run-account': 'gérer le compte',
      'answer-inquiry': 'vous répondre',
      'keep-record': 'garder une trace de la discussion',
      'bill-service': 'facturer',
      'keep-secure': 'assurer la sécurité',
      'serve-rights': 'respecter vos droits',
      'remember-visitor': 'vous reconnaître',
      'measure-use': 'compter les discussions',
      advertise: 'faire de la publicité',
      'send-news': 'envoyer des nouvelles et des offres',
      'keep-evidence': "prouver l'utilisation",
      'obey-law': 'respecter la loi',
    },
  },
  es: {
    say: (list) => `Sus datos sirven para: ${list}.`,
    words: {
      none: 'nada',
      'run-account': 'gestionar la cuenta',
      'answer-inquiry': 'responderle',
      'keep-record': 'guardar la conversación',
      'bill-service': 'facturar',
      'keep-secure': 'la seguridad',
      'serve-rights': 'atender sus derechos',
      'remember-visitor': 'reconocerle',
      'measure-use': 'contar las conversaciones',
      advertise: 'hacer publicidad',
      'send-news': 'enviar novedades y ofertas',
      'keep-evidence': 'demostrar el uso',
      'obey-law': 'cumplir la ley',
    },
  },
}
