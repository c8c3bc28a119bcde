import { eachWorkload } from './rule.ts'
import type { Rule } from './rule.ts'

/** Where a pod runs, for how long, and whom it asks for names. */
export const schedulingRules: Rule[] = [
  {
    id: 51,
    says: 'a pod runs wherever there is room for as long as it is wanted, and asks the cluster for names',
    check: eachWorkload(({ pod, isLasting }) => {
      const { nodeName, schedulerName, activeDeadlineSeconds, dnsPolicy, restartPolicy = 'Always' } = pod
      return [
        ...(nodeName ? [`is tied to node ${nodeName}`] : []),
        ...(schedulerName && schedulerName !== 'default-scheduler' ? [`waits for ${schedulerName}`] : []),
        ...(isLasting && activeDeadlineSeconds ? [`is ended after ${activeDeadlineSeconds} s`] : []),
        ...(dnsPolicy && dnsPolicy !== 'ClusterFirst' ? [`asks for names by ${dnsPolicy}`] : []),
        ...((restartPolicy === 'Always') === isLasting ? [] : [`is started again: ${restartPolicy}`]),
      ]
    }),
  },
]
