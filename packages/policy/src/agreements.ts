/** The agreements a business can enter, each with every version that was ever in force, newest first. */
export const agreements: Record<AgreementId, { title: string; versions: readonly AgreementVersion[] }> = {
  dpa: {
    title: 'Data processing agreement',
    versions: [
      {
        version: '2026-11',
        text: `This agreement is made between the business that opens an account (the controller) and Candor (the processor) under
article 28 of the GDPR. It begins with the account and ends when its data is gone.

1. Subject. The processor runs live chat, its archive and its mail for the controller. The categories of data, the
   people concerned, the purposes and the periods are those of the controller's published notice.
2. Instructions. The processor acts on the controller's documented instructions alone: its settings, its notice and its
   requests. It says so where it believes an instruction breaks the law.
3. Confidence. Whoever has access is bound to secrecy, briefed, and sees only what the task needs.
4. Security. The measures are those of the record of processing, which the controller can read at any time.
5. Sub-processors. Those on the public register are approved. A change is announced before it takes effect; the
   controller may object until then.
6. People's rights. The processor serves requests for access, correction, erasure, restriction, objection and
   portability, within the time limits of the notice, and tells the controller.
7. Breaches. The processor tells the controller without undue delay and with what article 33(3) asks for.
8. End. At the end the data is exported if asked for and erased, except for what a law demands; receipts are signed.
9. Proof. The controller can verify receipts and the audit log without the processor, and may inspect.`,
      },
    ],
  },
  'standard-clauses': {
    title: 'Standard contractual clauses for transfers',
    versions: [
      {
        version: '2026-11',
        text: `For transfers of personal data to a country without an adequacy decision the parties enter the standard contractual
clauses of Commission Implementing Decision (EU) 2021/914, modules two (controller to processor) and three (processor to
processor).

- Annex I: the parties, the people, the categories, the purposes and the periods are those of the controller's notice.
- Annex II: the measures are those of the record of processing.
- Annex III: the sub-processors are those on the public register with the safeguard "standard clauses".`,
      },
    ],
  },
  ccpa: {
    title: 'Service provider terms for California',
    versions: [
      {
        version: '2026-11',
        text: `These terms hold for personal information of residents of California under the CCPA (Civil Code, section 1798.100 and
following).

1. Candor is a service provider. It does not sell or share personal information, and uses it for nothing but the
   business purposes named in the notice.
2. It does not combine it with what it receives from others, and keeps it no longer than the notice says.
3. It helps the business to answer requests to know, to delete, to correct and to opt out.
4. It says so if it can no longer meet these terms; the business may then stop and have mended what goes against them.`,
      },
    ],
  },
}

export type AgreementId = 'dpa' | 'standard-clauses' | 'ccpa'

interface AgreementVersion {
  readonly version: string
  /** Markdown. */
  readonly text: string
}
