/**
 * Styles of the mail, written into each element: Outlook (Word's engine) and some forms of Gmail drop style sheets. No quotes
 * and no shorthand that Word misreads; widths and colours that Word needs stand in attributes as well.
 */
const text = 'font-family:Segoe UI,Helvetica,Arial,sans-serif;mso-line-height-rule:exactly;word-break:break-word;';

export const mailColors = {
  wash: '#f3f4f2',
  paper: '#ffffff',
  ink: '#1b2228',
  soft: '#545e68',
  line: '#dcdfdd',
  brand: '#17566b',
  critical: '#a3172f',
  high: '#a84a14',
  medium: '#7d5f06',
  low: '#46627a',
  good: '#23694a',
  unknown: '#665a7a',
} as const;

const { ink, soft, line, wash, paper, brand } = mailColors;

export const mailStyles = {
  body: `margin:0;padding:0;width:100%;background-color:${wash};-webkit-text-size-adjust:100%;`,
  preheader: `display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:${wash};`,
  outer: `background-color:${wash};border-collapse:collapse;`,
  gutter: 'padding:16px 8px;',
  sheet: `width:100%;max-width:600px;background-color:${paper};border-collapse:collapse;`,
  stripe: 'height:6px;font-size:0;line-height:6px;',
  cell: 'padding:20px 24px 4px 24px;',
  rule: `padding:20px 24px 4px 24px;border-top:1px solid ${line};`,
  last: `padding:20px 24px 24px 24px;border-top:1px solid ${line};`,
  kicker: `${text}margin:0;font-size:13px;line-height:18px;color:${soft};`,
  title: `${text}margin:0;padding:4px 0 0 0;font-size:26px;line-height:32px;font-weight:bold;color:${ink};`,
  heading: `${text}margin:0;padding:0 0 8px 0;font-size:18px;line-height:24px;font-weight:bold;color:${ink};`,
  small: `${text}margin:0;padding:4px 0 8px 0;font-size:13px;line-height:18px;color:${soft};`,
  plain: `${text}margin:0;padding:0 0 10px 0;font-size:15px;line-height:22px;color:${ink};`,
  row: `${text}padding:7px 0;font-size:15px;line-height:21px;color:${ink};border-top:1px solid ${line};`,
  rowRight: `${text}padding:7px 0 7px 12px;font-size:15px;line-height:21px;color:${ink};border-top:1px solid ${line};font-weight:bold;`,
  number: `${text}padding:7px 10px 7px 0;font-size:15px;line-height:21px;color:${soft};border-top:1px solid ${line};`,
  note: `${text}font-size:13px;line-height:18px;color:${soft};font-weight:normal;`,
  under: `${text}padding:0 0 8px 0;font-size:13px;line-height:18px;color:${soft};`,
  figure: `${text}font-size:44px;line-height:50px;font-weight:bold;color:${ink};`,
  figureUnit: `${text}font-size:15px;line-height:50px;color:${soft};`,
  table: 'width:100%;border-collapse:collapse;',
  bar: 'width:100%;border-collapse:collapse;table-layout:fixed;',
  barPart: 'height:12px;font-size:0;line-height:12px;',
  tile: `${text}padding:10px 4px 10px 0;font-size:13px;line-height:18px;color:${soft};`,
  tileFigure: `${text}font-size:22px;line-height:28px;font-weight:bold;color:${ink};`,
  button: `background-color:${brand};padding:12px 20px;`,
  buttonText: `${text}font-size:15px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;`,
} as const;
