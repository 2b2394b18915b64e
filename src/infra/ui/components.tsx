/** Everything pages are built of; see README.md for one line on each. */
export { AddFriend } from './components/add-friend.tsx';
export { Amount } from './components/amount.tsx';
export { BarChart } from './components/bar-chart.tsx';
export { BucketMeter, MeterBar } from './components/bucket-meter.tsx';
export { Actions, Button, LineLoginButton, LinkButton } from './components/button.tsx';
export {
  Card,
  DataTable,
  Fold,
  LinkList,
  Notice,
  SummaryList,
  type SummaryRow,
} from './components/card.tsx';
export { Code, CopyButton } from './components/copy-button.tsx';
export { DocumentText } from './components/document-text.tsx';
export {
  Checkbox,
  CodeField,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  RadioCards,
  Select,
  TextArea,
} from './components/form.tsx';
export { Icon } from './components/icon.tsx';
export { Moment } from './components/moment.tsx';
export { PasskeyForm } from './components/passkey-form.tsx';
export { PasskeyList } from './components/passkey-list.tsx';
export { QrCode } from './components/qr-code.tsx';
export { Steps } from './components/steps.tsx';
export { MonthChart, UsageChart } from './components/usage-chart.tsx';
export { ConfirmPage } from './confirm-page.tsx';
export { Frame, Page, renderPage } from './layout.tsx';
