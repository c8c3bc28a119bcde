import { useQuery } from '@tanstack/react-query'
import { Async } from '../../../ui/async.tsx'
import { buttonClass } from '../../../ui/button.tsx'
import { useAccount } from '../../account.ts'
import { OfficePage } from '../office-page.tsx'
import { Editor } from './editor.tsx'
import { editingQuery } from './notice-queries.ts'
import { Link } from 'wouter'

export function NoticePage() {
  const { business } = useAccount()
  const query = useQuery(editingQuery(business.slug))
  return (
    <OfficePage
      title="Notice"
      intro="What you promise here is what the services do. Edit, look at what it changes, then publish."
      actions={
        <Link href="/compliance/notice/versions" className={buttonClass()}>
          Versions
        </Link>
      }
    >
      <Async query={query} lines={10}>
        {({ draft, published }) => (
          <Editor key={`${published.version} ${draft.savedAt}`} draft={draft} published={published} />
        )}
      </Async>
    </OfficePage>
  )
}
