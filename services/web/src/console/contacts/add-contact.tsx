import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { FormDialog } from '../form-dialog.tsx'
import { ContactFields, readContactFields } from './contact-fields.tsx'
import { contactsKey } from './contacts-key.ts'

export function AddContact() {
  // The same until it has been added: sending it twice adds it once.
  const [instructionId, setInstructionId] = useState(() => crypto.randomUUID())
  return (
    <FormDialog
      label={
        <>
          <UserPlus aria-hidden="true" /> Add a contact
        </>
      }
      title="Add a contact"
      variant="primary"
      intro="An address that one of your contacts has already leads to that one; what is empty there is filled."
      submitLabel="Add"
      onSubmit={(values) =>
        api.privacy.addContacts.mutate({ instructionId, contacts: [readContactFields(values)] })
      }
      changes={contactsKey}
      said="Contact added."
      onDone={() => setInstructionId(crypto.randomUUID())}
    >
      <ContactFields />
    </FormDialog>
  )
}
