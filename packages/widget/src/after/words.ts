const en = {
  question: 'How was this chat?',
  good: 'Good',
  fair: 'Fair',
  poor: 'Poor',
  rate: 'Send rating',
  thanks: 'Thank you. It is counted without your name.',
  notCounted: 'Thank you. As you objected to statistics, it is not counted.',
  failed: 'The rating could not be sent. Please try again.',
  download: 'Download transcript',
  downloadFailed: 'The download failed.',
}

const de: Words = {
  question: 'Wie war dieser Chat?',
  good: 'Gut',
  fair: 'Mittel',
  poor: 'Schlecht',
  rate: 'Bewertung senden',
  thanks: 'Danke. Gezählt wird sie ohne Ihren Namen.',
  notCounted: 'Danke. Da Sie Statistiken widersprochen haben, wird sie nicht gezählt.',
  failed: 'Die Bewertung kam nicht an. Bitte versuchen Sie es erneut.',
  download: 'Verlauf herunterladen',
  downloadFailed: 'Das Herunterladen ist fehlgeschlagen.',
}

const fr: Words = {
  question: 'Comment s’est passé ce chat ?',
  good: 'Bien',
  fair: 'Moyen',
  poor: 'Mal',
  rate: 'Envoyer l’avis',
  thanks: 'Merci. Votre avis est compté sans votre nom.',
  notCounted: 'Merci. Comme vous vous êtes opposé aux statistiques, il n’est pas compté.',
  failed: 'L’avis n’a pas pu être envoyé. Veuillez réessayer.',
  download: 'Télécharger la transcription',
  downloadFailed: 'Le téléchargement a échoué.',
}

const es: Words = {
  question: '¿Qué tal ha ido este chat?',
  good: 'Bien',
  fair: 'Regular',
  poor: 'Mal',
  rate: 'Enviar valoración',
  thanks: 'Gracias. Se cuenta sin su nombre.',
  notCounted: 'Gracias. Como se opuso a las estadísticas, no se cuenta.',
  failed: 'No se pudo enviar la valoración. Inténtelo de nuevo.',
  download: 'Descargar la transcripción',
  downloadFailed: 'La descarga ha fallado.',
}

export type Words = typeof en

export const wordTables: Record<string, Words> = { en, de, fr, es }

export function wordsFor(locale: string): Words {
  return wordTables[locale.toLowerCase().split('-')[0] ?? ''] ?? en
}
