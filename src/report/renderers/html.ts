export { html as default } from '../html.ts';
