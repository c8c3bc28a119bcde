import type { dataHolder } from '@candor/contracts/data-holder'
import type { operations } from '@candor/contracts/operations'
import type { privacy } from '@candor/contracts/privacy'
import type { HandlersOf } from '@candor/rpc/implement'
import {
  getAuditConsistency,
  getAuditHead,
  getAuditProof,
  listAuditEntries,
} from './domain/audit/read-audit-log.ts'
import { listBreaches, markBreach, recordBreach, updateBreach } from './domain/breaches/keep-breaches.ts'
import { answerCase, closeCase, listCases } from './domain/cases/handle-case.ts'
import { closeAccount, previewClosure } from './domain/closing/close-account.ts'
import { getClosure } from './domain/closing/get-closure.ts'
import { getCaseStatus, getContact, openCase } from './domain/cases/open-case.ts'
import type { Deps } from './domain/deps.ts'
import { getConsentPrompt } from './domain/consent/get-consent-prompt.ts'
import { getConsent } from './domain/consent/get-consent.ts'
import { recordConsent } from './domain/consent/record-consent.ts'
import { withdrawConsent } from './domain/consent/withdraw-consent.ts'
import { listDisposals } from './domain/disposals/list-disposals.ts'
import { exportDisclosure } from './domain/disclosures/export-disclosure.ts'
import {
  decideDisclosure,
  liftSilence,
  listDisclosures,
  requestDisclosure,
} from './domain/disclosures/keep-register.ts'
import { readEvidence } from './domain/evidence/read-evidence.ts'
import { getAccessAnswer } from './domain/get-access-answer.ts'
import { getAccessPdf } from './domain/get-access-pdf.ts'
import { getNotice } from './domain/get-notice.ts'
import { listHolds, placeHold, releaseHold } from './domain/holds/holds.ts'
import { addContacts, importContacts } from './domain/instructions/add-contacts.ts'
import { correctContacts, eraseContacts, stopInstruction } from './domain/instructions/instruct.ts'
import { getInstructionReceipt } from './domain/instructions/instruction-receipt.ts'
import { listInstructions, readInstruction } from './domain/instructions/read-instructions.ts'
import { confirmOffers } from './domain/marketing/offers.ts'
import { getNewsPreference, setServiceNews } from './domain/marketing/preferences.ts'
import { sendCampaign, sendNews } from './domain/marketing/send-mailing.ts'
import { stopNews } from './domain/marketing/stop-news.ts'
import { tellMailings } from './domain/marketing/tell-mailings.ts'
import { acknowledgeNotice, listAnnouncements } from './domain/notices/announcements.ts'
import { getPolicyDraft, listPacks, savePolicyDraft } from './domain/notices/edit-draft.ts'
import { previewPolicy } from './domain/notices/preview-policy.ts'
import { publishPolicy } from './domain/notices/publish-policy.ts'
import { diffNotices, getNoticeVersion, listNoticeVersions } from './domain/notices/read-notices.ts'
import { getPortabilityBundle } from './domain/portability/get-portability-bundle.ts'
import { importBundle } from './domain/portability/import-bundle.ts'
import { getPortabilitySchema } from './domain/portability/portability-schema.ts'
import { confirmIdentity } from './domain/requests/confirm-identity.ts'
import { decideRequest } from './domain/requests/decide-request.ts'
import { extendRequest } from './domain/requests/extend-request.ts'
import { liftRestriction } from './domain/requests/lift-restriction.ts'
import { openRequest } from './domain/requests/open-request.ts'
import { openRequestFor } from './domain/requests/open-request-for.ts'
import { proveIdentity } from './domain/requests/prove-identity.ts'
import { getRequest, listRequests } from './domain/requests/read-requests.ts'
import { previewRetention } from './domain/retention/preview-retention.ts'
import { acceptAgreement, getAgreement, listAgreements } from './domain/registers/agreements.ts'
import { acknowledgeBriefing, getBriefing, listAwareness } from './domain/registers/awareness.ts'
import { getProcessingRecord } from './domain/registers/processing-record.ts'
import { getRecipients } from './domain/registers/recipients.ts'
import { getReceipt, verifyReceipt } from './domain/receipts.ts'
import { listPublicKeys } from './store/signing-keys.ts'

/** What privacy does for its callers, a line per procedure. */
export function privacyRouter(
  deps: Deps,
): Omit<HandlersOf<typeof privacy>, keyof typeof dataHolder | keyof typeof operations> {
  return {
    getNotice: (input) => getNotice(deps, input),
    openRequest: (input, call) => openRequest(deps, call, input),
    openRequestFor: (input, call) => openRequestFor(deps, call.caller, input),
    proveIdentity: (input) => proveIdentity(deps, input),
    confirmIdentity: ({ requestId }, call) => confirmIdentity(deps, call.caller, requestId),
    getRequest: ({ requestId }, call) => getRequest(deps, call.caller, requestId),
    listRequests: (input, call) => listRequests(deps, call.caller, input),
    decideRequest: (input, call) => decideRequest(deps, call.caller, input),
    extendRequest: (input, call) => extendRequest(deps, call.caller, input),
    liftRestriction: (input, call) => liftRestriction(deps, call.caller, input),
    addContacts: (input, call) => addContacts(deps, call.caller, input),
    importContacts: (input, call) => importContacts(deps, call.caller, input),
    correctContacts: (input, call) => correctContacts(deps, call.caller, input),
    eraseContacts: (input, call) => eraseContacts(deps, call.caller, input),
    stopInstruction: ({ instructionId }, call) => stopInstruction(deps, call.caller, instructionId),
    getInstruction: ({ instructionId }, { caller: { tenantId } }) =>
      readInstruction(deps, tenantId, instructionId),
    listInstructions: ({ limit }, { caller: { tenantId } }) => listInstructions(deps, tenantId, limit),
    getInstructionReceipt: ({ instructionId }, call) =>
      getInstructionReceipt(deps, call.caller, instructionId),
    getAccessAnswer: ({ requestId }, call) => getAccessAnswer(deps, call.caller, requestId),
    getAccessPdf: ({ requestId }, call) => getAccessPdf(deps, call.caller, requestId),
    getPortabilityBundle: ({ requestId }, call) => getPortabilityBundle(deps, call.caller, requestId),
    getPortabilitySchema: async () => getPortabilitySchema(deps.publicUrl),
    importBundle: (input, call) => importBundle(deps, call.caller, input),
    getReceipt: ({ requestId }, call) => getReceipt(deps, call.caller, requestId),
    listDisposals: (input, call) => listDisposals(deps, call.caller, input),
    previewRetention: ({ asOf }, { caller: { tenantId } }) => previewRetention(deps, { tenantId, asOf }),
    getNewsPreference: (_, call) => getNewsPreference(deps, call.caller),
    setServiceNews: (input, call) => setServiceNews(deps, call.caller, input),
    stopNews: (input) => stopNews(deps, input),
    confirmOffers: (input) => confirmOffers(deps, input),
    sendNews: (input, call) => sendNews(deps, call.caller, input),
    sendCampaign: (input, call) => sendCampaign(deps, call.caller, input),
    listMailings: async (_, { caller: { tenantId } }) => tellMailings(deps, tenantId),
    getConsentPrompt: (input, call) => getConsentPrompt(deps, call, input),
    recordConsent: (input, call) => recordConsent(deps, call, input),
    withdrawConsent: (input, call) => withdrawConsent(deps, call, input),
    getConsent: (_, call) => getConsent(deps, call.caller),
    verifyReceipt: ({ jws }) => verifyReceipt(deps, jws),
    listSigningKeys: async () => ({ keys: await listPublicKeys(deps.db) }),
    getLedgerKey: async ({ tenantId }) => ({ key: deps.sealer.ledgerKey(tenantId).toString('base64') }),
    listPacks: async () => listPacks(),
    getPolicyDraft: (_, call) => getPolicyDraft(deps, call.caller),
    savePolicyDraft: (input, call) => savePolicyDraft(deps, call.caller, input),
    previewPolicy: (input, call) => previewPolicy(deps, call.caller, input),
    publishPolicy: (input, call) => publishPolicy(deps, call.caller, input),
    listNoticeVersions: ({ business }) => listNoticeVersions(deps, business),
    getNoticeVersion: (input) => getNoticeVersion(deps, input),
    diffNotices: (input) => diffNotices(deps, input),
    listAnnouncements: (_, call) => listAnnouncements(deps, call.caller),
    acknowledgeNotice: (input, call) => acknowledgeNotice(deps, call.caller, input),
    placeHold: (input, call) => placeHold(deps, call.caller, input),
    releaseHold: ({ holdId }, call) => releaseHold(deps, call.caller, holdId),
    previewClosure: (_, call) => previewClosure(deps, call.caller),
    closeAccount: (input, call) => closeAccount(deps, call.caller, input),
    getClosure: ({ closureId }, call) => getClosure(deps, call.caller, closureId),
    listHolds: (_, call) => listHolds(deps, call.caller),
    listAuditEntries: (input, call) => listAuditEntries(deps, call.caller, input),
    getAuditHead: (_, call) => getAuditHead(deps, call.caller),
    getAuditProof: (input, call) => getAuditProof(deps, call.caller, input),
    readEvidence: (input, call) => readEvidence(deps, call.caller, input),
    getContact: (input) => getContact(deps, input),
    openCase: (input, call) => openCase(deps, call, input),
    getCaseStatus: (input, call) => getCaseStatus(deps, call, input),
    listCases: (input, call) => listCases(deps, call.caller, input),
    answerCase: (input, call) => answerCase(deps, call.caller, input),
    closeCase: (input, call) => closeCase(deps, call.caller, input),
    requestDisclosure: (input, call) => requestDisclosure(deps, call.caller, input),
    decideDisclosure: (input, call) => decideDisclosure(deps, call.caller, input),
    exportDisclosure: (input, call) => exportDisclosure(deps, call.caller, input),
    liftSilence: (input, call) => liftSilence(deps, call.caller, input),
    listDisclosures: (_, call) => listDisclosures(deps, call.caller),
    recordBreach: (input, call) => recordBreach(deps, call.caller, input),
    updateBreach: (input, call) => updateBreach(deps, call.caller, input),
    markBreach: (input, call) => markBreach(deps, call.caller, input),
    listBreaches: (_, call) => listBreaches(deps, call.caller),
    getRecipients: ({ business }) => getRecipients(deps, business),
    getProcessingRecord: (_, call) => getProcessingRecord(deps, call.caller),
    getAgreement: async (input) => getAgreement(input),
    listAgreements: (_, call) => listAgreements(deps, call.caller),
    acceptAgreement: (input, call) => acceptAgreement(deps, call.caller, input),
    getBriefing: (_, call) => getBriefing(deps, call.caller),
    acknowledgeBriefing: (input, call) => acknowledgeBriefing(deps, call.caller, input),
    listAwareness: (_, call) => listAwareness(deps, call.caller),
    getAuditConsistency: (input, call) => getAuditConsistency(deps, call.caller, input),
  }
}
