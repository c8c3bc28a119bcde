import { describeFacts } from './facts.ts'
import type { Category } from './facts.ts'
import { useNotice } from './notice-context.ts'

/** The six facts about a category, as questions and answers. */
export function FactList({ category, columns }: { category: Category; columns: string }) {
  const { business } = useNotice()
  return (
    <dl className={`grid gap-x-8 gap-y-3.5 ${columns}`}>
      {describeFacts(category, business.name).map(({ question, answers }) => (
        <div key={question}>
          <dt className="text-sm text-muted">{question}</dt>
          {answers.map((answer) => (
            <dd key={answer} className="text-[0.9375rem] text-pretty break-words">
              {answer}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
